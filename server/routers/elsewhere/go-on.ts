import { goOnSchema } from '@/server/schemas/elsewhere';
import { goOnSearch } from '@/server/services/elsewhere/searches';
import { procedure } from '../trpc';

export const goOn = procedure.input(goOnSchema).mutation(({ ctx, input }) => goOnSearch(ctx.actor, input));
