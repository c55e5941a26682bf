import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { stopCalculation } from '@/server/services/calculations/stop-calculation';
import { procedure } from '../trpc';

export const stop = procedure
  .input(z.object({ id: idSchema }))
  .mutation(({ ctx, input }) => stopCalculation(ctx.actor, input));
