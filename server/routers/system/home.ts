import { getHome } from '@/server/services/system/get-home';
import { procedure } from '../trpc';

export const home = procedure.query(({ ctx }) => getHome(ctx.actor));
