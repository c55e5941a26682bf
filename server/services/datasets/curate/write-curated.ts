import { createHash } from 'node:crypto';
import { type Database, db } from '@/server/db/client';
import {
  type DatasetReport,
  type DatasetSource,
  PROPERTIES_MAX,
  type PropertyDefinition,
} from '@/server/schemas/datasets';
import { Definitions } from '../import/definitions';
import { readBatch } from '../import/read-batch';
import { ReportWriter } from '../import/report';
import { SourceFault } from '../import/source-fault';
import { addTaken, takeLines } from '../import/store-piece';

export type CurationSource = Extract<DatasetSource, { kind: 'curation' }>;

/** Written at once. */
const AT_ONCE = 50;

const own = { unit: null, method: 'Curated by Brine.' };
const ownDefinitions: PropertyDefinition[] = [
  {
    ...own,
    name: '_brine_curated_from',
    title: 'Taken from',
    type: 'string',
    description: 'Database and entry that this crystal was taken from.',
  },
  {
    ...own,
    name: '_brine_same_as',
    title: 'Same crystal',
    type: 'list',
    items: 'string',
    description: 'All entries that are this crystal, as database and entry.',
  },
  {
    ...own,
    name: '_brine_family_size',
    title: 'Entries of this crystal',
    type: 'integer',
    description: 'How many entries are this crystal.',
  },
];

/** The next of the chosen ones, as primitive crystals with what their source says of them. */
export async function writeNext(datasetId: string, source: CurationSource, writtenTo: number): Promise<void> {
  const chosen = await db().curationMember.findMany({
    where: { datasetId, isChosen: true, position: { gt: writtenTo } },
    orderBy: { position: 'asc' },
    take: AT_ONCE,
  });
  if (chosen.length === 0) return finish(datasetId);
  const members = await db().curationMember.findMany({
    where: { datasetId, family: { in: chosen.map(({ family }) => family!) } },
    orderBy: { position: 'asc' },
    select: { family: true, sourceIndex: true, key: true },
  });
  const nameOf = (one: { sourceIndex: number; key: string }) => `${source.sources[one.sourceIndex]!.slug}/${one.key}`;
  const raw = await db().entry.findMany({
    where: { OR: chosen.map((one) => ({ datasetId: source.sources[one.sourceIndex]!.id, number: one.sourceNumber })) },
    select: {
      datasetId: true,
      number: true,
      properties: true,
      failures: true,
      lastModified: true,
      referenceKeys: true,
    },
  });
  const rawOf = new Map(raw.map((entry) => [`${entry.datasetId} ${entry.number}`, entry]));
  const lines = chosen.map((one) => {
    const from = rawOf.get(`${source.sources[one.sourceIndex]!.id} ${one.sourceNumber}`);
    if (!from)
      throw new SourceFault(
        `${source.sources[one.sourceIndex]!.title} was changed or removed meanwhile. Curate again.`,
      );
    const family = members.filter((member) => member.family === one.family).map(nameOf);
    return JSON.stringify({
      type: 'structures',
      id: source.sources.length === 1 ? one.key : `${source.sources[one.sourceIndex]!.slug}:${one.key}`.slice(0, 300),
      attributes: {
        ...(from.properties as Record<string, unknown>),
        ...(one.primitive as Record<string, unknown>),
        last_modified: from.lastModified,
        _brine_failures: from.failures,
        _brine_curated_from: nameOf(one),
        _brine_same_as: family,
        _brine_family_size: family.length,
      },
      relationships: { references: { data: from.referenceKeys.map((id) => ({ type: 'references', id })) } },
    });
  });
  const read = await readBatch(lines);
  const keys = read.flatMap((line) => (line.is === 'entry' ? line.entry.referenceKeys : []));
  const references = await db().datasetReference.findMany({
    where: { datasetId: { in: source.sources.map(({ id }) => id) }, key: { in: keys } },
  });
  const known = await definitionsOf(source);
  await db().$transaction(async (tx) => {
    const row = await lockDataset(tx, datasetId);
    if (row?.state !== 'importing') return;
    const { count } = await tx.curation.updateMany({
      where: { datasetId, step: 'write', writtenTo },
      data: { writtenTo: chosen.at(-1)!.position },
    });
    if (count === 0) return;
    const definitions = new Definitions([...known, ...(row.properties as unknown as PropertyDefinition[])]);
    const report = new ReportWriter(row.report as unknown as DatasetReport);
    const { entries } = takeLines(read, definitions, report);
    const named = references.map(({ key, attributes }) => ({ key, attributes: attributes as Record<string, unknown> }));
    await addTaken(tx, row, { entries, references: named, definitions, report });
  });
}

/** Held until the transaction ends: nobody stops the curation between its place and its entries. */
async function lockDataset(tx: Database, id: string) {
  await tx.$queryRaw`SELECT "id" FROM "Dataset" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.dataset.findUnique({ where: { id } });
}

/** What the sources say of their properties, the preferred one last, and what a curation says itself. */
async function definitionsOf({ sources }: CurationSource): Promise<PropertyDefinition[]> {
  const rows = await db().dataset.findMany({ where: { id: { in: sources.map(({ id }) => id) } } });
  const inOrder = sources.flatMap(({ id }) => rows.find((row) => row.id === id) ?? []);
  const theirs = inOrder.toReversed().flatMap(({ properties }) => properties as unknown as PropertyDefinition[]);
  return [...theirs.slice(-PROPERTIES_MAX + ownDefinitions.length), ...ownDefinitions];
}

async function finish(datasetId: string): Promise<void> {
  const hash = createHash('sha256');
  for (let last = 0; ; last += 5_000) {
    const rows = await db().entry.findMany({
      where: { datasetId, number: { gt: last, lte: last + 5_000 } },
      orderBy: { number: 'asc' },
      select: { key: true, structureHash: true },
    });
    for (const { key, structureHash } of rows) hash.update(`${key}\t${structureHash}\n`);
    if (rows.length < 5_000) break;
  }
  await db().$executeRaw`UPDATE "CurationMember" SET "primitive" = NULL WHERE "datasetId" = ${datasetId}::uuid`;
  await db().curation.updateMany({
    where: { datasetId, step: 'write' },
    data: { step: 'done', keptSha256: hash.digest('hex') },
  });
}
