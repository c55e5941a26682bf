import { listRejectionsSchema } from '@/server/schemas/curation';
import { listRejections } from '@/server/services/datasets/curate/get-curation';
import { procedure } from '../trpc';

export const rejections = procedure
  .input(listRejectionsSchema)
  .query(({ ctx, input }) => listRejections(ctx.actor, input));
