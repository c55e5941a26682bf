import { listSets } from '@/server/explorer/sets/list-sets';
import { procedure } from '../trpc';

export const list = procedure.query(({ ctx }) => listSets(ctx.actor));
