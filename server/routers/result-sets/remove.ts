import { removeSet } from '@/server/explorer/sets/remove-set';
import { keptIdSchema } from '@/server/schemas/result-sets';
import { procedure } from '../trpc';

export const remove = procedure.input(keptIdSchema).mutation(({ ctx, input }) => removeSet(ctx.actor, input));
