import { listTokens } from '@/server/services/auth/tokens';
import { procedure } from '../trpc';

export const list = procedure.query(({ ctx }) => listTokens(ctx.actor));
