import { importFromSchema } from '@/server/schemas/datasets';
import { startRemoteImport } from '@/server/services/datasets/start-remote-import';
import { procedure } from '../trpc';

export const importFrom = procedure
  .input(importFromSchema)
  .mutation(({ ctx, input }) => startRemoteImport(ctx.actor, input));
