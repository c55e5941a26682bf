import { importStructureSchema } from '@/server/schemas/structure';
import { importStructure } from '@/server/services/structures/import-structure';
import { procedure } from '../trpc';

export const importProcedure = procedure
  .input(importStructureSchema)
  .mutation(({ ctx, input }) => importStructure(ctx.actor, input));
