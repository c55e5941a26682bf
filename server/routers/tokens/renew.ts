import { tokenIdSchema } from '@/server/schemas/tokens';
import { renewToken } from '@/server/services/auth/tokens';
import { procedure } from '../trpc';

export const renew = procedure.input(tokenIdSchema).mutation(({ ctx, input }) => renewToken(ctx.actor, input));
