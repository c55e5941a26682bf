import { listCalculationsSchema } from '@/server/schemas/calculation';
import { listCalculations } from '@/server/services/calculations/list-calculations';
import { procedure } from '../trpc';

export const list = procedure
  .input(listCalculationsSchema)
  .query(({ ctx, input }) => listCalculations(ctx.actor, input));
