import { listQueries } from '@/server/services/datasets/queries/list-queries';
import { procedure } from '../trpc';

export const list = procedure.query(({ ctx }) => listQueries(ctx.actor));
