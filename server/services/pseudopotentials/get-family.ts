import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { FamilyDetail } from '@/server/schemas/pseudopotentials';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { describeBuiltIn } from './built-in-family';
import { toFamilyDetail } from './family-row';

/** A family with its files by element; the built-in one where the id is null. */
export async function getFamily(actor: Actor, { id }: { id: string | null }): Promise<FamilyDetail> {
  const scope = await projectScope(actor, 'read');
  if (id === null) return describeBuiltIn();
  const row = await db().pseudopotentialFamily.findFirst({
    where: { id, OR: [{ projectId: null }, scope] },
    include: { pseudopotentials: true },
  });
  if (!row) throw notFound('The family');
  return toFamilyDetail(row, []);
}
