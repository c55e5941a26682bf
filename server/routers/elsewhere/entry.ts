import { remoteEntrySchema } from '@/server/schemas/elsewhere';
import { showFound } from '@/server/services/elsewhere/found';
import { procedure } from '../trpc';

export const entry = procedure.input(remoteEntrySchema).query(({ ctx, input }) => showFound(ctx.actor, input));
