import { db } from '@/server/db/client';
import type { ResultSet } from '@/server/schemas/result-sets';
import type { Actor } from '@/server/services/actor';
import { projectScope } from '@/server/services/scope';
import { toResultSet } from './set-row';

/** More than anybody looks through. */
const SETS_MAX = 500;

/** The frozen results of the project, the newest first. */
export async function listSets(actor: Actor): Promise<ResultSet[]> {
  const scope = await projectScope(actor, 'read');
  const rows = await db().resultSet.findMany({ where: scope, orderBy: { id: 'desc' }, take: SETS_MAX });
  return rows.map(toResultSet);
}
