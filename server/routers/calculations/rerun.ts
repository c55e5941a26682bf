import { rerunSchema } from '@/server/schemas/calculation';
import { rerunCalculation } from '@/server/services/calculations/rerun/rerun-calculation';
import { procedure } from '../trpc';

export const rerun = procedure.input(rerunSchema).mutation(({ ctx, input }) => rerunCalculation(ctx.actor, input));
