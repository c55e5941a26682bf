import { searchIdSchema } from '@/server/schemas/elsewhere';
import { removeSearch } from '@/server/services/elsewhere/searches';
import { procedure } from '../trpc';

export const remove = procedure.input(searchIdSchema).mutation(({ ctx, input }) => removeSearch(ctx.actor, input));
