import { getEntrySchema } from '@/server/schemas/datasets';
import { getMaking } from '@/server/services/datasets/get-making';
import { procedure } from '../trpc';

export const making = procedure.input(getEntrySchema).query(({ ctx, input }) => getMaking(ctx.actor, input));
