import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { getResults } from '@/server/services/calculations/get-results';
import { procedure } from '../trpc';

export const results = procedure
  .input(z.object({ id: idSchema }))
  .query(({ ctx, input }) => getResults(ctx.actor, input));
