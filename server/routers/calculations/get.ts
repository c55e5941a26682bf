import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { getCalculation } from '@/server/services/calculations/get-calculation';
import { procedure } from '../trpc';

export const get = procedure
  .input(z.object({ id: idSchema }))
  .query(({ ctx, input }) => getCalculation(ctx.actor, input));
