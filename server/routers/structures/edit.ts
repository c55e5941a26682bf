import { editStructureSchema } from '@/server/schemas/structure';
import { editStructure } from '@/server/services/structures/edit-structure';
import { procedure } from '../trpc';

export const edit = procedure.input(editStructureSchema).mutation(({ ctx, input }) => editStructure(ctx.actor, input));
