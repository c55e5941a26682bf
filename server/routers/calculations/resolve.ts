import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { resolveDraft } from '@/server/services/calculations/resolve-draft';
import { procedure } from '../trpc';

export const resolve = procedure
  .input(z.object({ draftId: idSchema }))
  .query(({ ctx, input }) => resolveDraft(ctx.actor, input));
