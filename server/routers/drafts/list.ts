import { listDraftsSchema } from '@/server/schemas/draft';
import { listDrafts } from '@/server/services/drafts/list-drafts';
import { procedure } from '../trpc';

export const list = procedure.input(listDraftsSchema).query(({ ctx, input }) => listDrafts(ctx.actor, input));
