import type { Process } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import type { Failure, ProcessNode } from '@/server/schemas/process';
import { queuePlaces } from './queue';

/** The tree of a calculation's processes, root first, with the places of those that wait for the computer. */
export async function processTree(calculationId: string): Promise<ProcessNode> {
  const rows = await db().process.findMany({
    where: { calculationId },
    orderBy: { ordinal: 'asc' },
  });
  const queued = rows.find((row) => row.state === 'queued' && row.computerId);
  const places = queued ? await queuePlaces(db(), queued.computerId!) : new Map();
  const toNode = (row: Process): ProcessNode => ({
    id: row.id,
    parentId: row.parentId,
    kind: row.kind,
    name: row.name,
    title: row.title,
    state: row.state,
    phase: row.phase,
    exitCode: row.exitCode,
    failure: (row.failure as Failure | null) ?? null,
    queuePosition: places.get(row.id)?.position ?? null,
    expectedStartAt: places.get(row.id)?.expectedStartAt ?? null,
    cores: row.cores,
    reusedFromId: row.reusedFromId,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    children: rows.filter((child) => child.parentId === row.id).map(toNode),
  });
  return toNode(rows.find((row) => row.id === calculationId)!);
}
