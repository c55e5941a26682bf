import { datasetBySlugSchema } from '@/server/schemas/datasets';
import { getDataset } from '@/server/services/datasets/get-dataset';
import { procedure } from '../trpc';

export const get = procedure.input(datasetBySlugSchema).query(({ ctx, input }) => getDataset(ctx.actor, input));
