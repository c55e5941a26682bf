import { db } from '@/server/db/client';
import type { Failure } from '@/server/schemas/process';
import type { NodeDetail, NodeFile, ProcessFacts } from '@/server/schemas/provenance';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireItem } from './items';

/** A node of the graph with all that is kept of it; its neighbours are read step by step. */
export async function getNode(actor: Actor, { id }: { id: string }): Promise<NodeDetail> {
  const scope = await projectScope(actor, 'read');
  const item = await requireItem(scope, id);
  const origin = await originOf(item.type === 'process' ? { id } : { links: { some: { dataNodeId: id } } });
  if (item.type === 'process')
    return {
      ...{ item, ...origin, value: null, schemaVersion: null, files: [], structure: null },
      process: await factsOf(id),
    };
  const row = await db().dataNode.findUniqueOrThrow({
    where: { id },
    include: {
      structure: { select: { id: true, name: true, formula: true } },
      files: { include: { blob: { select: { bytes: true } } }, orderBy: { name: 'asc' } },
    },
  });
  const files = row.files.map(
    ({ name, mediaType, blob }): NodeFile => ({ name, mediaType, bytes: Number(blob.bytes), href: fileHref(id, name) }),
  );
  const { value, schemaVersion, structure } = row;
  return { ...{ item, ...origin, value, schemaVersion, files, structure }, process: null };
}

const fileHref = (id: string, name: string) =>
  `/api/nodes/${id}/files/${name.split('/').map(encodeURIComponent).join('/')}`;

/** The calculation of a process; for a value that of the first process that made or took it. */
async function originOf(where: object): Promise<Pick<NodeDetail, 'createdBy' | 'calculation'>> {
  const first = await db().process.findFirst({
    where,
    orderBy: { createdAt: 'asc' },
    select: {
      user: { select: { name: true } },
      calculation: { select: { id: true, label: true, user: { select: { name: true } } } },
    },
  });
  if (!first?.calculation) return { createdBy: first?.user?.name ?? null, calculation: null };
  const { id, label, user } = first.calculation;
  return { createdBy: user.name, calculation: { id, label } };
}

async function factsOf(id: string): Promise<ProcessFacts> {
  const row = await db().process.findUniqueOrThrow({
    where: { id },
    include: { computer: { select: { name: true } }, code: { select: { program: true, version: true } } },
  });
  const { exitCode, cores, attempt, reusedFromId, startedAt, finishedAt } = row;
  return {
    ...{ exitCode, cores, attempt, reusedFromId, startedAt, finishedAt },
    failure: (row.failure as Failure | null) ?? null,
    computer: row.computer?.name ?? null,
    program: row.code ? `${row.code.program} ${row.code.version}` : null,
  };
}
