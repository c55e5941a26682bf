import { datasetIdSchema } from '@/server/schemas/datasets';
import { stopImport as stop } from '@/server/services/datasets/stop-import';
import { procedure } from '../trpc';

export const stopImport = procedure.input(datasetIdSchema).mutation(({ ctx, input }) => stop(ctx.actor, input));
