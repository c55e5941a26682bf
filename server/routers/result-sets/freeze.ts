import { freeze as run } from '@/server/explorer/sets/freeze';
import { keepSchema } from '@/server/schemas/result-sets';
import { procedure } from '../trpc';

export const freeze = procedure.input(keepSchema).mutation(({ ctx, input }) => run(ctx.actor, input));
