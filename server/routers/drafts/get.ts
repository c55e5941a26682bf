import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { getDraft } from '@/server/services/drafts/get-draft';
import { procedure } from '../trpc';

export const get = procedure.input(z.object({ id: idSchema })).query(({ ctx, input }) => getDraft(ctx.actor, input));
