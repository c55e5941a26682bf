import type { z } from 'zod';
import { type Database, db } from '@/server/db/client';
import type { DeletionPlan, planDeletionSchema } from '@/server/schemas/provenance';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { loadItems, type ProjectScope, requireItem } from '../items';
import type { Part } from './closure';
import { runningAmong } from './running';
import { type Selected, select } from './select';

const LISTED_MAX = 200;

/** What would go with a node, and what of it is in use; nothing is changed. */
export async function planDeletion(
  actor: Actor,
  { id, withAncestors }: z.infer<typeof planDeletionSchema>,
): Promise<DeletionPlan> {
  const scope = await projectScope(actor, 'write');
  const start = await startAt(scope, id);
  const selected = await select(db(), start, withAncestors);
  const ids = [...selected.processes, ...selected.data];
  const [items, running, uses, fileBytes, structures, other] = await Promise.all([
    loadItems(scope, ids.slice(0, LISTED_MAX)),
    runningAmong(db(), selected),
    usesOf(selected),
    bytesFreed(db(), selected),
    db().structure.findMany({
      where: { id: { in: selected.structureIds } },
      select: { id: true, name: true, formula: true },
      take: LISTED_MAX,
    }),
    withAncestors ? null : select(db(), start, true),
  ]);
  const size = (part: Part) => part.data.size + part.processes.size;
  return {
    fingerprint: selected.fingerprint,
    values: selected.data.size,
    processes: selected.processes.size,
    ...{ items, running, structures, fileBytes, ...uses },
    unusedAncestors: other ? size(other) - size(selected) : 0,
  };
}

export async function startAt(scope: ProjectScope, id: string): Promise<Part> {
  const item = await requireItem(scope, id);
  const only = new Set([id]);
  return item.type === 'data' ? { data: only, processes: new Set() } : { data: new Set(), processes: only };
}

/** Calculations that go, those of them that took results over, groups that lose nodes, drafts that keep their structure, what people said. */
async function usesOf({ data, processes }: Selected) {
  const members = { OR: [{ dataNodeId: { in: [...data] } }, { processId: { in: [...processes] } }] };
  const inProcesses = { id: { in: [...processes] } };
  const [calculations, takenOver, groups, drafts, comments, tags] = await Promise.all([
    db().calculation.findMany({
      where: inProcesses,
      select: { id: true, label: true },
      orderBy: { id: 'asc' },
      take: LISTED_MAX,
    }),
    db().calculation.findMany({
      where: { ...inProcesses, processes: { some: { reusedFromId: { not: null } } } },
      select: { id: true },
    }),
    db().nodeGroup.findMany({
      where: { members: { some: members } },
      select: { id: true, name: true, _count: { select: { members: { where: members } } } },
      orderBy: { name: 'asc' },
      take: LISTED_MAX,
    }),
    db().draft.findMany({
      where: { structure: { dataNodes: { some: { id: { in: [...data] } } } } },
      select: { id: true, structure: { select: { name: true } } },
      take: LISTED_MAX,
    }),
    db().nodeComment.count({ where: members }),
    db().nodeTag.count({ where: members }),
  ]);
  const tookOver = new Set(takenOver.map((row) => row.id));
  return {
    calculations: calculations.map((row) => ({ ...row, tookOver: tookOver.has(row.id) })),
    groups: groups.map(({ id, name, _count }) => ({ id, name, nodes: _count.members })),
    drafts: drafts.map(({ id, structure }) => ({ id, structure: structure!.name })),
    comments,
    tags,
  };
}

/** Bytes of the files that nothing will name any more. */
async function bytesFreed(database: Database, { data, structureIds }: Selected): Promise<number> {
  const [row] = await database.$queryRaw<{ bytes: bigint }[]>`
    SELECT coalesce(sum(b."bytes"), 0)::bigint AS "bytes" FROM "Blob" b
    WHERE b."sha256" IN (
        SELECT f."sha256" FROM "DataNodeFile" f WHERE f."dataNodeId" = ANY(${[...data]}::uuid[])
        UNION SELECT s."sourceSha256" FROM "Structure" s WHERE s."id" = ANY(${structureIds}::uuid[]))
      AND NOT EXISTS (SELECT 1 FROM "DataNodeFile" f WHERE f."sha256" = b."sha256" AND f."dataNodeId" <> ALL(${[...data]}::uuid[]))
      AND NOT EXISTS (SELECT 1 FROM "Structure" s WHERE s."sourceSha256" = b."sha256" AND s."id" <> ALL(${structureIds}::uuid[]))
      AND NOT EXISTS (SELECT 1 FROM "Pseudopotential" p WHERE p."sha256" = b."sha256")`;
  return Number(row!.bytes);
}
