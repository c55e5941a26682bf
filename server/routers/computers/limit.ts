import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { jobsMaxSchema } from '@/server/schemas/limits';
import { limitComputer } from '@/server/services/computers/limit-computer';
import { procedure } from '../trpc';

export const limit = procedure
  .input(z.object({ id: idSchema, jobsMax: jobsMaxSchema }))
  .mutation(({ ctx, input }) => limitComputer(ctx.actor, input));
