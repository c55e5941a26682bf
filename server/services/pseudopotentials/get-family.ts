import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { FamilyDetail } from '@/server/schemas/pseudopotentials';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { toFamilyDetail } from './family-row';

/** An installed family with its files by element. */
export async function getFamily(actor: Actor, { id }: { id: string }): Promise<FamilyDetail> {
  const scope = await projectScope(actor, 'read');
  const row = await db().pseudopotentialFamily.findFirst({
    where: { id, OR: [{ projectId: null }, scope] },
    include: { pseudopotentials: true },
  });
  if (!row) throw notFound('The family');
  return toFamilyDetail(row, []);
}
