import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { removeComment as remove } from '@/server/services/provenance/notes/comment-node';
import { procedure } from '../trpc';

export const removeComment = procedure
  .input(z.object({ id: idSchema }))
  .mutation(({ ctx, input }) => remove(ctx.actor, input));
