import { renameCalculationSchema } from '@/server/schemas/calculation';
import { renameCalculation } from '@/server/services/calculations/rename-calculation';
import { procedure } from '../trpc';

export const rename = procedure
  .input(renameCalculationSchema)
  .mutation(({ ctx, input }) => renameCalculation(ctx.actor, input));
