import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { pauseCalculation } from '@/server/services/calculations/pause-calculation';
import { procedure } from '../trpc';

export const pause = procedure
  .input(z.object({ id: idSchema }))
  .mutation(({ ctx, input }) => pauseCalculation(ctx.actor, input));
