import { matchRows } from '@/server/optimade/match-rows';
import { matchDatasetSchema } from '@/server/schemas/datasets';
import { procedure } from '../trpc';

export const match = procedure.input(matchDatasetSchema).query(({ ctx, input }) => matchRows(ctx.actor, input));
