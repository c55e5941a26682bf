import { toCellSchema } from '@/server/schemas/structure';
import { convertCell } from '@/server/services/structures/convert-cell';
import { procedure } from '../trpc';

export const toCell = procedure.input(toCellSchema).mutation(({ ctx, input }) => convertCell(ctx.actor, input));
