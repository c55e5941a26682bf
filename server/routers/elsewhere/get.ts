import { searchIdSchema } from '@/server/schemas/elsewhere';
import { getSearch } from '@/server/services/elsewhere/searches';
import { procedure } from '../trpc';

export const get = procedure.input(searchIdSchema).query(({ ctx, input }) => getSearch(ctx.actor, input));
