import { listFamilies } from '@/server/services/pseudopotentials/list-families';
import { procedure } from '../trpc';

export const list = procedure.query(({ ctx }) => listFamilies(ctx.actor));
