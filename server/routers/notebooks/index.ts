import { z } from 'zod';
import { idSchema } from '@/server/schemas/common';
import { sendCommSchema } from '@/server/schemas/notebook/comms';
import {
  archiveNotebookSchema,
  createNotebookSchema,
  cursorSchema,
  exportNotebookSchema,
  importNotebookSchema,
  listNotebooksSchema,
  notebookInCodeSchema,
  renameNotebookSchema,
} from '@/server/schemas/notebook/notebooks';
import { sentOperationsSchema } from '@/server/schemas/notebook/operations';
import { applyOperations } from '@/server/services/notebooks/apply-operations';
import { archiveNotebook } from '@/server/services/notebooks/archive-notebook';
import {
  completeCode,
  inspectCode,
  listKernels,
  listVariables,
  sendComm,
} from '@/server/services/notebooks/ask-runtime';
import { createNotebook } from '@/server/services/notebooks/create-notebook';
import { exportNotebook } from '@/server/services/notebooks/export-notebook';
import { getNotebook, getSummary } from '@/server/services/notebooks/get-notebook';
import { importNotebook } from '@/server/services/notebooks/import-notebook';
import { listNotebooks } from '@/server/services/notebooks/list-notebooks';
import { notebookInCode } from '@/server/services/notebooks/notebook-in-code';
import { removeNotebook } from '@/server/services/notebooks/remove-notebook';
import { renameNotebook } from '@/server/services/notebooks/rename-notebook';
import { procedure, router } from '../trpc';
import { events } from './events';

const idInput = z.object({ id: idSchema });

export const notebooks = router({
  list: procedure.input(listNotebooksSchema).query(({ ctx, input }) => listNotebooks(ctx.actor, input)),
  create: procedure.input(createNotebookSchema).mutation(({ ctx, input }) => createNotebook(ctx.actor, input)),
  import: procedure.input(importNotebookSchema).mutation(({ ctx, input }) => importNotebook(ctx.actor, input)),
  inCode: procedure.input(notebookInCodeSchema).mutation(({ ctx, input }) => notebookInCode(ctx.actor, input)),
  summary: procedure.input(idInput).query(({ ctx, input }) => getSummary(ctx.actor, input)),
  get: procedure.input(idInput).query(({ ctx, input }) => getNotebook(ctx.actor, input)),
  export: procedure.input(exportNotebookSchema).query(({ ctx, input }) => exportNotebook(ctx.actor, input)),
  rename: procedure.input(renameNotebookSchema).mutation(({ ctx, input }) => renameNotebook(ctx.actor, input)),
  archive: procedure.input(archiveNotebookSchema).mutation(({ ctx, input }) => archiveNotebook(ctx.actor, input)),
  remove: procedure.input(idInput).mutation(({ ctx, input }) => removeNotebook(ctx.actor, input)),
  change: procedure
    .input(sentOperationsSchema.extend({ id: idSchema }))
    .mutation(({ ctx, input }) => applyOperations(ctx.actor, input)),
  events,
  complete: procedure.input(cursorSchema).query(({ ctx, input }) => completeCode(ctx.actor, input)),
  inspect: procedure.input(cursorSchema).query(({ ctx, input }) => inspectCode(ctx.actor, input)),
  comm: procedure.input(sendCommSchema).mutation(({ ctx, input }) => sendComm(ctx.actor, input)),
  variables: procedure.input(idInput).query(({ ctx, input }) => listVariables(ctx.actor, input)),
  kernels: procedure.query(({ ctx }) => listKernels(ctx.actor)),
});
