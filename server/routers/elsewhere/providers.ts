import { listProviders } from '@/server/services/elsewhere/providers';
import { procedure } from '../trpc';

export const providers = procedure.query(({ ctx }) => listProviders(ctx.actor));
