import { db } from '@/server/db/client';
import type { Actor } from '@/server/services/actor';
import { projectScope } from '@/server/services/scope';
import { requireSet } from './set-row';

/** Its address leads nowhere afterwards; the file goes with the next sweep. */
export async function removeSet(actor: Actor, { id }: { id: string }): Promise<void> {
  const scope = await projectScope(actor, 'write');
  await requireSet(scope, id);
  await db().resultSet.delete({ where: { id } });
}
