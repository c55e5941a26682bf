import { z } from 'zod';
import { createStructureFromExample } from '@/server/services/structures/create-structure-from-example';
import { procedure } from '../trpc';

export const createFromExample = procedure
  .input(z.object({ exampleId: z.string().max(60) }))
  .mutation(({ ctx, input }) => createStructureFromExample(ctx.actor, input));
