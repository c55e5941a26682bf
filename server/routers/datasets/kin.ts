import { getEntrySchema } from '@/server/schemas/datasets';
import { getKin } from '@/server/services/datasets/get-kin';
import { procedure } from '../trpc';

export const kin = procedure.input(getEntrySchema).query(({ ctx, input }) => getKin(ctx.actor, input));
