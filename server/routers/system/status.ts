import { getStatus } from '@/server/services/system/get-status';
import { procedure } from '../trpc';

export const status = procedure.query(({ ctx }) => getStatus(ctx.actor));
