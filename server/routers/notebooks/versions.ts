import {
  diffVersionsSchema,
  listVersionsSchema,
  restoreVersionSchema,
  saveVersionSchema,
} from '@/server/schemas/notebook/versions';
import { diffVersions } from '@/server/services/notebooks/diff-versions';
import { removeVersion, restoreVersion, saveVersion } from '@/server/services/notebooks/keep-versions';
import { listVersions } from '@/server/services/notebooks/list-versions';
import { procedure, router } from '../trpc';

export const versions = router({
  list: procedure.input(listVersionsSchema).query(({ ctx, input }) => listVersions(ctx.actor, input)),
  save: procedure.input(saveVersionSchema).mutation(({ ctx, input }) => saveVersion(ctx.actor, input)),
  diff: procedure.input(diffVersionsSchema).query(({ ctx, input }) => diffVersions(ctx.actor, input)),
  restore: procedure.input(restoreVersionSchema).mutation(({ ctx, input }) => restoreVersion(ctx.actor, input)),
  remove: procedure.input(restoreVersionSchema).mutation(({ ctx, input }) => removeVersion(ctx.actor, input)),
});
