import type { FrozenEntry, ResultSetDetail } from '@/server/schemas/result-sets';
import type { Actor } from '@/server/services/actor';
import { projectScope } from '@/server/services/scope';
import { keptLines } from './set-lines';
import { requireSet, toResultSet } from './set-row';

/** The file has them all. */
const FIRST_MAX = 100;

/** A frozen result with the first of its entries. */
export async function getSet(actor: Actor, { id }: { id: string }): Promise<ResultSetDetail> {
  const row = await requireSet(await projectScope(actor, 'read'), id);
  const first: FrozenEntry[] = [];
  for await (const line of keptLines(row.sha256)) {
    first.push(JSON.parse(line) as FrozenEntry);
    if (first.length === FIRST_MAX) break;
  }
  return { ...toResultSet(row), first };
}
