import type { Structure as StructureRow } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import type { Draft, DraftData } from '@/server/schemas/draft';
import type { Resolved } from '@/server/schemas/resolved';
import type { Actor } from '../actor';
import { findMachine } from '../computers/machine';
import { getDraft } from '../drafts/get-draft';
import { findFamily } from '../pseudopotentials/find-family';
import { projectScope } from '../scope';
import { checkRerun } from './rerun/check-rerun';
import { resolve } from './resolve/resolve';

/** What follows from a draft as it stands. */
export async function resolveDraft(actor: Actor, { draftId }: { draftId: string }): Promise<Resolved> {
  return (await loadAndResolve(actor, draftId)).resolved;
}

export async function loadAndResolve(
  actor: Actor,
  draftId: string,
): Promise<{ draft: Draft; row: StructureRow | null; resolved: Resolved }> {
  const scope = await projectScope(actor, 'read');
  const draft = await getDraft(actor, { id: draftId });
  return { draft, ...(await resolveData(scope, draft.data)) };
}

/** What follows from the choices of a draft, with the structure that it names. */
export async function resolveData(
  scope: { projectId: string },
  data: DraftData,
): Promise<{ row: StructureRow | null; resolved: Resolved }> {
  const { structureId, resources } = data;
  const row = structureId ? await db().structure.findFirst({ where: { ...scope, id: structureId } }) : null;
  const machine = await findMachine(scope, resources.computerId);
  const family = await findFamily(scope, data.pseudopotentialFamilyId);
  const resolved = await resolve(data, row, machine, family);
  return { row, resolved: await checkRerun(scope, data, { row, resolved }) };
}
