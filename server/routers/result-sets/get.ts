import { getSet } from '@/server/explorer/sets/get-set';
import { keptIdSchema } from '@/server/schemas/result-sets';
import { procedure } from '../trpc';

export const get = procedure.input(keptIdSchema).query(({ ctx, input }) => getSet(ctx.actor, input));
