import type { z } from 'zod';
import type { sendCommSchema } from '@/server/schemas/notebook/comms';
import type { Completion, cursorSchema, KernelChoice, Variables } from '@/server/schemas/notebook/notebooks';
import type { Bundle } from '@/server/schemas/notebook/state';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook } from './notebook-row';
import { askRuntimes } from './runtimes';

type Cursor = z.infer<typeof cursorSchema>;

/** What the runtime of a notebook offers at a place in a text; nothing where none runs. */
export async function completeCode(actor: Actor, { id, code, offset }: Cursor): Promise<Completion | null> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  return askRuntimes('POST', `/notebooks/${id}/complete`, { code, offset });
}

/** What the runtime knows of the name at a place in a text. */
export async function inspectCode(actor: Actor, { id, code, offset }: Cursor): Promise<Bundle | null> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  return askRuntimes('POST', `/notebooks/${id}/inspect`, { code, offset });
}

/** Hands a message of comms to the kernel of a notebook. */
export async function sendComm(actor: Actor, { id, comm }: z.infer<typeof sendCommSchema>): Promise<{ id: string }> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  await askRuntimes('POST', `/notebooks/${id}/comm`, comm);
  return { id };
}

/** The variables that the kernel of a notebook holds; nothing where none runs, or it has no moment, or cannot tell. */
export async function listVariables(actor: Actor, { id }: { id: string }): Promise<Variables | null> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  return askRuntimes('POST', `/notebooks/${id}/variables`, {});
}

/** The kernels that this machine has. */
export async function listKernels(actor: Actor): Promise<KernelChoice[]> {
  await projectScope(actor, 'read');
  return askRuntimes('GET', '/kernels');
}
