import { datasetIdSchema } from '@/server/schemas/datasets';
import { removeDataset } from '@/server/services/datasets/remove-dataset';
import { procedure } from '../trpc';

export const remove = procedure.input(datasetIdSchema).mutation(({ ctx, input }) => removeDataset(ctx.actor, input));
