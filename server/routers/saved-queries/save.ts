import { keepSchema } from '@/server/schemas/result-sets';
import { saveQuery } from '@/server/services/datasets/queries/save-query';
import { procedure } from '../trpc';

export const save = procedure.input(keepSchema).mutation(({ ctx, input }) => saveQuery(ctx.actor, input));
