import { listSearches } from '@/server/services/elsewhere/searches';
import { procedure } from '../trpc';

export const searches = procedure.query(({ ctx }) => listSearches(ctx.actor));
