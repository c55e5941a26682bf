import { filesAtSchema, moveFileSchema, removeFilesSchema } from '@/server/schemas/notebook/files';
import { listFiles, makeFolder, moveFile, removeFiles } from '@/server/services/notebooks/files';
import { procedure, router } from '../trpc';

/** Their bytes go through a route of their own (app/api/notebooks/[id]/files). */
export const files = router({
  list: procedure.input(filesAtSchema).query(({ ctx, input }) => listFiles(ctx.actor, input)),
  makeFolder: procedure.input(filesAtSchema).mutation(({ ctx, input }) => makeFolder(ctx.actor, input)),
  move: procedure.input(moveFileSchema).mutation(({ ctx, input }) => moveFile(ctx.actor, input)),
  remove: procedure.input(removeFilesSchema).mutation(({ ctx, input }) => removeFiles(ctx.actor, input)),
});
