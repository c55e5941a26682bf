import { remoteEntrySchema } from '@/server/schemas/elsewhere';
import { takeFound } from '@/server/services/elsewhere/found';
import { procedure } from '../trpc';

export const take = procedure.input(remoteEntrySchema).mutation(({ ctx, input }) => takeFound(ctx.actor, input));
