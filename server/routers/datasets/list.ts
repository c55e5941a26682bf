import { listDatasets } from '@/server/services/datasets/list-datasets';
import { procedure } from '../trpc';

export const list = procedure.query(({ ctx }) => listDatasets(ctx.actor));
