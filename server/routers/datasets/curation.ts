import { datasetBySlugSchema } from '@/server/schemas/datasets';
import { getCuration } from '@/server/services/datasets/curate/get-curation';
import { procedure } from '../trpc';

export const curation = procedure.input(datasetBySlugSchema).query(({ ctx, input }) => getCuration(ctx.actor, input));
