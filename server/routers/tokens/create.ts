import { createTokenSchema } from '@/server/schemas/tokens';
import { createToken } from '@/server/services/auth/tokens';
import { procedure } from '../trpc';

export const create = procedure.input(createTokenSchema).mutation(({ ctx, input }) => createToken(ctx.actor, input));
