import type { SentOperations } from '@/server/schemas/notebook/operations';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook } from './notebook-row';
import { askRuntimes } from './runtimes';

/** Hands operations to the process that orders them; answers once they are stored. */
export async function applyOperations(
  actor: Actor,
  { id, ...sent }: SentOperations & { id: string },
): Promise<{ number: number }> {
  await requireNotebook(await projectScope(actor, 'write'), id);
  return askRuntimes('POST', `/notebooks/${id}/operations`, sent);
}
