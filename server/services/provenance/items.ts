import type { Prisma } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { DataItem, GraphItem, ProcessItem } from '@/server/schemas/provenance';

export interface ProjectScope {
  projectId: string;
}

const dataColumns = {
  id: true,
  kind: true,
  structureId: true,
  createdAt: true,
  structure: { select: { formula: true } },
} as const satisfies Prisma.DataNodeSelect;

const processColumns = {
  id: true,
  kind: true,
  name: true,
  title: true,
  state: true,
  calculationId: true,
  createdAt: true,
} as const satisfies Prisma.ProcessSelect;

type DataRow = Prisma.DataNodeGetPayload<{ select: typeof dataColumns }>;
type ProcessRow = Prisma.ProcessGetPayload<{ select: typeof processColumns }>;

const toDataItem = ({ structure, ...row }: DataRow): DataItem => ({
  ...row,
  type: 'data',
  formula: structure?.formula ?? null,
});
const toProcessItem = (row: ProcessRow): ProcessItem => ({ ...row, type: 'process' });

/** The nodes of a project by id, in the order asked for; those of other projects are left out. */
export async function loadItems(scope: ProjectScope, ids: readonly string[]): Promise<GraphItem[]> {
  const where = { ...scope, id: { in: [...ids] } };
  const [data, processes] = await Promise.all([
    db().dataNode.findMany({ where, select: dataColumns }),
    db().process.findMany({ where, select: processColumns }),
  ]);
  const found = new Map<string, GraphItem>();
  for (const row of data) found.set(row.id, toDataItem(row));
  for (const row of processes) found.set(row.id, toProcessItem(row));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** The node, or 404 for one of another project. */
export async function requireItem(scope: ProjectScope, id: string): Promise<GraphItem> {
  const [item] = await loadItems(scope, [id]);
  if (!item) throw notFound('The node');
  return item;
}
