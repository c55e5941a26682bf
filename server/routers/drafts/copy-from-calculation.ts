import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { calculationSteps } from '@/server/schemas/process';
import { copyCalculation } from '@/server/services/drafts/copy-calculation';
import { procedure } from '../trpc';

export const copyFromCalculation = procedure
  .input(z.object({ calculationId: idSchema, from: z.enum(calculationSteps).nullish() }))
  .mutation(({ ctx, input }) => copyCalculation(ctx.actor, input));
