import { describeDatasetSchema } from '@/server/schemas/datasets';
import { describeDataset } from '@/server/services/datasets/describe-dataset';
import { procedure } from '../trpc';

export const describe = procedure
  .input(describeDatasetSchema)
  .mutation(({ ctx, input }) => describeDataset(ctx.actor, input));
