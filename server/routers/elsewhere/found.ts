import { foundSchema } from '@/server/schemas/elsewhere';
import { listFound } from '@/server/services/elsewhere/found';
import { procedure } from '../trpc';

export const found = procedure.input(foundSchema).query(({ ctx, input }) => listFound(ctx.actor, input));
