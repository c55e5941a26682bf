import { showEntrySchema } from '@/server/schemas/datasets';
import { getEntry } from '@/server/services/datasets/get-entry';
import { procedure } from '../trpc';

export const entry = procedure.input(showEntrySchema).query(({ ctx, input }) => getEntry(ctx.actor, input));
