import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { discardDraft } from '@/server/services/drafts/discard-draft';
import { procedure } from '../trpc';

export const discard = procedure
  .input(z.object({ id: idSchema }))
  .mutation(({ ctx, input }) => discardDraft(ctx.actor, input));
