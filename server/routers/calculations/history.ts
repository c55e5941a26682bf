import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { getHistory } from '@/server/services/calculations/get-history';
import { procedure } from '../trpc';

export const history = procedure
  .input(z.object({ id: idSchema }))
  .query(({ ctx, input }) => getHistory(ctx.actor, input));
