import { walkSchema } from '@/server/schemas/provenance';
import { walk as walkGraph } from '@/server/services/provenance/walk';
import { procedure } from '../trpc';

export const walk = procedure.input(walkSchema).query(({ ctx, input }) => walkGraph(ctx.actor, input));
