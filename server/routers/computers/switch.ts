import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { switchComputer } from '@/server/services/computers/switch-computer';
import { procedure } from '../trpc';

export const switchProcedure = procedure
  .input(z.object({ id: idSchema, isEnabled: z.boolean() }))
  .mutation(({ ctx, input }) => switchComputer(ctx.actor, input));
