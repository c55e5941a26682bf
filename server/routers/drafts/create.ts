import { createDraftSchema } from '@/server/schemas/draft';
import { createDraft } from '@/server/services/drafts/create-draft';
import { procedure } from '../trpc';

export const create = procedure.input(createDraftSchema).mutation(({ ctx, input }) => createDraft(ctx.actor, input));
