import { submitSchema } from '@/server/schemas/calculation';
import { submitDraft } from '@/server/services/calculations/submit-draft';
import { procedure } from '../trpc';

export const submit = procedure.input(submitSchema).mutation(({ ctx, input }) => submitDraft(ctx.actor, input));
