import { getEntrySchema } from '@/server/schemas/datasets';
import { getHull } from '@/server/services/datasets/get-hull';
import { procedure } from '../trpc';

export const hull = procedure.input(getEntrySchema).query(({ ctx, input }) => getHull(ctx.actor, input));
