import { neighboursSchema } from '@/server/schemas/provenance';
import { getNeighbours } from '@/server/services/provenance/get-neighbours';
import { procedure } from '../trpc';

export const neighbours = procedure.input(neighboursSchema).query(({ ctx, input }) => getNeighbours(ctx.actor, input));
