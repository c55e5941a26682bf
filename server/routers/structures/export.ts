import { exportStructureSchema } from '@/server/schemas/structure';
import { exportStructure } from '@/server/services/structures/export-structure';
import { procedure } from '../trpc';

export const exportProcedure = procedure
  .input(exportStructureSchema)
  .query(({ ctx, input }) => exportStructure(ctx.actor, input));
