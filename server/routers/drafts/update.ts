import { updateDraftSchema } from '@/server/schemas/draft';
import { updateDraft } from '@/server/services/drafts/update-draft';
import { procedure } from '../trpc';

export const update = procedure.input(updateDraftSchema).mutation(({ ctx, input }) => updateDraft(ctx.actor, input));
