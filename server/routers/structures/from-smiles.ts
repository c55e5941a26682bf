import { smilesSchema } from '@/server/schemas/structure';
import { createFromSmiles } from '@/server/services/structures/create-from-smiles';
import { procedure } from '../trpc';

export const fromSmiles = procedure
  .input(smilesSchema)
  .mutation(({ ctx, input }) => createFromSmiles(ctx.actor, input));
