import { planDeletionSchema } from '@/server/schemas/provenance';
import { planDeletion as plan } from '@/server/services/provenance/deletion/plan-deletion';
import { procedure } from '../trpc';

export const planDeletion = procedure.input(planDeletionSchema).query(({ ctx, input }) => plan(ctx.actor, input));
