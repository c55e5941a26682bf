import { listComputers } from '@/server/services/computers/list-computers';
import { procedure } from '../trpc';

export const list = procedure.query(({ ctx }) => listComputers(ctx.actor));
