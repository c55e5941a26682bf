import { compareSet } from '@/server/explorer/sets/compare-set';
import { keptIdSchema } from '@/server/schemas/result-sets';
import { procedure } from '../trpc';

export const compare = procedure.input(keptIdSchema).query(({ ctx, input }) => compareSet(ctx.actor, input));
