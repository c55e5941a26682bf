import { keptIdSchema } from '@/server/schemas/result-sets';
import { removeQuery } from '@/server/services/datasets/queries/remove-query';
import { procedure } from '../trpc';

export const remove = procedure.input(keptIdSchema).mutation(({ ctx, input }) => removeQuery(ctx.actor, input));
