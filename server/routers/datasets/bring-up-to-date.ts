import { datasetIdSchema } from '@/server/schemas/datasets';
import { bringUpToDate as bring } from '@/server/services/datasets/publish/bring-up-to-date';
import { procedure } from '../trpc';

export const bringUpToDate = procedure.input(datasetIdSchema).mutation(({ ctx, input }) => bring(ctx.actor, input));
