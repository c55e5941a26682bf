import { takeEntrySchema } from '@/server/schemas/datasets';
import { takeStructure as take } from '@/server/services/datasets/take-structure';
import { procedure } from '../trpc';

export const takeStructure = procedure.input(takeEntrySchema).mutation(({ ctx, input }) => take(ctx.actor, input));
