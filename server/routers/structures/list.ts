import { listStructuresSchema } from '@/server/schemas/structure';
import { listStructures } from '@/server/services/structures/list-structures';
import { procedure } from '../trpc';

export const list = procedure.input(listStructuresSchema).query(({ ctx, input }) => listStructures(ctx.actor, input));
