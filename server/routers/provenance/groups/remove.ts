import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { removeGroup } from '@/server/services/provenance/groups/groups';
import { procedure } from '../../trpc';

export const remove = procedure
  .input(z.object({ groupId: idSchema }))
  .mutation(({ ctx, input }) => removeGroup(ctx.actor, input));
