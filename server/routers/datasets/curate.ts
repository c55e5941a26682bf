import { curateSchema } from '@/server/schemas/curation';
import { startCuration } from '@/server/services/datasets/curate/start-curation';
import { procedure } from '../trpc';

export const curate = procedure.input(curateSchema).mutation(({ ctx, input }) => startCuration(ctx.actor, input));
