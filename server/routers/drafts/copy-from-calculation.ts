import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { copyCalculation } from '@/server/services/drafts/copy-calculation';
import { procedure } from '../trpc';

export const copyFromCalculation = procedure
  .input(z.object({ calculationId: idSchema }))
  .mutation(({ ctx, input }) => copyCalculation(ctx.actor, input));
