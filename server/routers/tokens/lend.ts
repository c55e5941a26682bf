import { lendTokenSchema } from '@/server/schemas/tokens';
import { lendToken } from '@/server/services/auth/tokens';
import { procedure } from '../trpc';

export const lend = procedure.input(lendTokenSchema).mutation(({ ctx, input }) => lendToken(ctx.actor, input));
