import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { getStructure } from '@/server/services/structures/get-structure';
import { procedure } from '../trpc';

export const get = procedure
  .input(z.object({ id: idSchema }))
  .query(({ ctx, input }) => getStructure(ctx.actor, input));
