import { tokenIdSchema } from '@/server/schemas/tokens';
import { revokeToken } from '@/server/services/auth/tokens';
import { procedure } from '../trpc';

export const revoke = procedure.input(tokenIdSchema).mutation(({ ctx, input }) => revokeToken(ctx.actor, input));
