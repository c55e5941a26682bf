import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { removeComputer } from '@/server/services/computers/remove-computer';
import { procedure } from '../trpc';

export const remove = procedure
  .input(z.object({ id: idSchema }))
  .mutation(({ ctx, input }) => removeComputer(ctx.actor, input));
