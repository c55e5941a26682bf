import { Prisma } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import type { Failure } from '@/server/schemas/process';
import { WALK_MAX } from '@/server/schemas/provenance';
import { loadItems, type ProjectScope } from '../items';
import { reachedFrom } from '../steps';
import { contentHash } from './content-hash';
import type { CalculationLine, LinkLine, NodeLine, NoteLine, ProcessLine, StructureLine } from './format';

/** A part of the graph with all that belongs to it, as the lines of our archive. */
export interface Selection {
  roots: string[];
  structures: StructureLine[];
  calculations: CalculationLine[];
  processes: ProcessLine[];
  nodes: NodeLine[];
  links: LinkLine[];
  notes: NoteLine[];
  /** Bytes of each file by its hash. */
  blobs: Map<string, number>;
}

/** The nodes with all their ancestors; with what became of them too where that is asked for. */
export async function collectSelection(
  scope: ProjectScope,
  roots: string[],
  withDescendants: boolean,
): Promise<Selection> {
  if ((await loadItems(scope, roots)).length < new Set(roots).size) throw notFound('One of the nodes');
  const below = withDescendants ? await reach(roots, 'out') : roots;
  const where = { ...scope, id: { in: await reach(below, 'in') } };
  const [data, processes] = await Promise.all([
    db().dataNode.findMany({
      where,
      include: { structure: { select: { hash: true } }, files: { include: { blob: { select: { bytes: true } } } } },
    }),
    db().process.findMany({
      where,
      include: { code: true, computer: { select: { name: true } }, user: { select: { name: true } } },
    }),
  ]);
  const ids = new Set([...data, ...processes].map((row) => row.id));
  const calculations = await db().calculation.findMany({
    where: { ...scope, id: { in: [...new Set(processes.flatMap((row) => row.calculationId ?? []))] } },
    include: { user: { select: { name: true } }, structure: { select: { hash: true } } },
  });
  const hashes = new Set([...calculations, ...data].flatMap((row) => row.structure?.hash ?? []));
  const [structures, links, notes] = await Promise.all([
    db().structure.findMany({ where: { ...scope, hash: { in: [...hashes] } } }),
    db().link.findMany({ where: { processId: { in: processes.map((row) => row.id) } } }),
    collectNotes([...ids]),
  ]);
  const blobs = new Map<string, number>();
  for (const { files } of data) for (const file of files) blobs.set(file.sha256, Number(file.blob.bytes));
  return {
    ...{ roots, blobs, notes },
    structures: structures.map(({ hash, name, fileName, data: content }) => ({
      ...{ hash, name, fileName },
      data: content as Record<string, unknown>,
    })),
    calculations: calculations.map((row) => ({
      ...pick(row, ['id', 'kind', 'schemaVersion', 'label', 'formula', 'properties', 'protocol', 'functional']),
      structure: row.structure?.hash ?? null,
      inputs: row.inputs as CalculationLine['inputs'],
      createdBy: row.user.name,
      createdAt: row.createdAt.toISOString(),
    })),
    processes: processes.map((row) => ({
      ...pick(row, ['id', 'calculationId', 'parentId', 'kind', 'name', 'title', 'ordinal', 'state', 'exitCode']),
      ...pick(row, ['cores', 'reusedFromId']),
      failure: (row.failure as Failure | null) ?? null,
      program: row.code && { name: row.code.program, version: row.code.version, build: row.code.build },
      computer: row.computer?.name ?? null,
      createdBy: row.user?.name ?? null,
      createdAt: row.createdAt.toISOString(),
      startedAt: row.startedAt?.toISOString() ?? null,
      finishedAt: row.finishedAt?.toISOString() ?? null,
    })),
    nodes: data.map((row) => {
      const files = row.files.map((file) => pick(file, ['name', 'sha256', 'mediaType']));
      const content = {
        ...pick(row, ['kind', 'schemaVersion', 'value']),
        structure: row.structure?.hash ?? null,
        files,
      };
      return { ...content, id: row.id, hash: contentHash(content), createdAt: row.createdAt.toISOString() };
    }),
    links: links
      .filter((link) => ids.has((link.dataNodeId ?? link.calledId)!))
      .map((link) => ({
        ...pick(link, ['kind', 'name', 'processId', 'dataNodeId', 'calledId']),
        createdAt: link.createdAt.toISOString(),
      })),
  };
}

const pick = <Row extends object, Key extends keyof Row>(row: Row, keys: Key[]) =>
  Object.fromEntries(keys.map((key) => [key, row[key]])) as Pick<Row, Key>;

async function reach(ids: string[], direction: 'in' | 'out'): Promise<string[]> {
  const start = Prisma.sql`SELECT unnest(${ids}::uuid[])`;
  const rows = await db().$queryRaw<{ id: string }[]>(reachedFrom(start, direction, WALK_MAX + 1));
  if (rows.length <= WALK_MAX) return rows.map((row) => row.id);
  throw new AppError('too-large', 'the selection is too large', {
    userMessage: `This selection, with all it comes from, holds more than ${WALK_MAX} nodes. Export it in parts.`,
  });
}

async function collectNotes(ids: string[]): Promise<NoteLine[]> {
  const where = { OR: [{ dataNodeId: { in: ids } }, { processId: { in: ids } }] };
  const include = { user: { select: { name: true } } };
  const [tags, comments] = await Promise.all([
    db().nodeTag.findMany({ where, include }),
    db().nodeComment.findMany({ where, include, orderBy: { id: 'asc' } }),
  ]);
  const about = (row: { dataNodeId: string | null; processId: string | null; user: { name: string } }) => ({
    nodeId: (row.dataNodeId ?? row.processId)!,
    createdBy: row.user.name,
  });
  return [
    ...tags.map((row) => ({ ...about(row), tag: row.name })),
    ...comments.map((row) => ({ ...about(row), comment: row.body })),
  ];
}
