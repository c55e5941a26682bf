import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { getLog } from '@/server/services/calculations/get-log';
import { procedure } from '../trpc';

export const log = procedure
  .input(z.object({ id: idSchema, process: z.string().max(40).nullish() }))
  .query(({ ctx, input }) => getLog(ctx.actor, input));
