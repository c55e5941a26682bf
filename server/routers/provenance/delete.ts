import { deleteNodeSchema } from '@/server/schemas/provenance';
import { deleteNode } from '@/server/services/provenance/deletion/delete-node';
import { procedure } from '../trpc';

export const deleteProcedure = procedure
  .input(deleteNodeSchema)
  .mutation(({ ctx, input }) => deleteNode(ctx.actor, input));
