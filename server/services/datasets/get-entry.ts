import type { Entry } from '@/generated/prisma/client';
import { writtenFormula } from '@/kernels/crystal/formula';
import type { Structure } from '@/kernels/crystal/schema';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type {
  BareEntry,
  EntryCell,
  EntryDetail,
  EntryValue,
  PropertyDefinition,
  RelatedEntry,
} from '@/server/schemas/datasets';
import type { StructureDetail } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { inThread } from '../structures/thread/in-thread';
import type { Described } from '../structures/thread/tasks';
import { visibleTo } from './dataset-row';
import { type LoadedRow, loadRow } from './entry-row';

const RELATED_MAX = 12;

/** One material in full: its structure with symmetry, its properties, and its kin in all datasets that the project may see. */
export async function getEntry(
  actor: Actor,
  asked: { slug: string; key: string; cell?: EntryCell },
): Promise<EntryDetail | BareEntry> {
  const scope = await projectScope(actor, 'read');
  const { dataset, entry, structure } = await loadRow(scope, asked);
  const [shown, bonds, related, references] = await Promise.all([
    structure && describeIn(asked.cell ?? 'given', structure),
    structure && findBonds(structure),
    findRelated(scope, entry),
    db().datasetReference.findMany({ where: { datasetId: dataset.id, key: { in: entry.referenceKeys } } }),
  ]);
  const { slug, title, version, licence, citation } = dataset;
  return {
    ...{ cell: shown?.cell ?? 'given', cellNote: shown?.cellNote ?? null },
    ...(bonds ?? { dimensions: null, layers: [] }),
    dataset: { slug, title, version, licence, citation },
    key: entry.key,
    formula: entry.formulaReduced,
    lastModified: entry.lastModified,
    structure: shown ? toDetail({ dataset, entry }, shown.described) : null,
    properties: (dataset.properties as unknown as PropertyDefinition[]).map((definition) => ({
      definition,
      value: entryValue(entry, definition.name),
    })),
    references: references.map(({ key, attributes }) => ({ key, attributes: attributes as Record<string, unknown> })),
    related,
  };
}

function toDetail({ dataset, entry }: Pick<LoadedRow, 'dataset' | 'entry'>, described: Described): StructureDetail {
  const { hash, formula, elements, summary } = described;
  return {
    ...{ id: `${dataset.slug}/${entry.key}`, name: entry.key, createdAt: entry.lastModified ?? dataset.createdAt },
    ...{ hash, formula, elements, sites: described.structure.sites.length },
    ...summary,
    structure: described.structure,
    source: { kind: 'dataset', fileName: dataset.title },
  };
}

/** In the cell that was asked for; as it came, with the reason, where it has no such cell. */
async function describeIn(
  cell: EntryCell,
  structure: Structure,
): Promise<{ described: Described } & Pick<EntryDetail, 'cell' | 'cellNote'>> {
  if (cell === 'given') return { described: await inThread('describe', structure), cell, cellNote: null };
  try {
    return { described: await inThread('deriveCell', { structure, cell }), cell, cellNote: null };
  } catch (err) {
    if (!(err instanceof AppError) || err.code !== 'bad-structure') throw err;
    return { described: await inThread('describe', structure), cell: 'given', cellNote: err.userMessage };
  }
}

/** A structure whose bonds cannot be told still has a page. */
const findBonds = (structure: Structure) =>
  inThread('findLayers', structure).catch((err: unknown) => {
    if (err instanceof AppError && err.code === 'bad-structure') return { dimensions: null, layers: [] };
    throw err;
  });

function entryValue({ properties, failures }: Entry, name: string): EntryValue {
  const value = (properties as Record<string, unknown>)[name];
  if (value !== undefined && value !== null) return { is: 'value', value };
  const reason = (failures as Record<string, string> | null)?.[name];
  return reason === undefined ? { is: 'not-computed' } : { is: 'failed', reason };
}

/** Entries that are the same to the last bit first, then those of the same composition. */
async function findRelated(scope: { projectId: string }, entry: Entry): Promise<RelatedEntry[]> {
  const datasets = await db().dataset.findMany({
    where: visibleTo(scope),
    select: { id: true, slug: true, title: true },
  });
  const byId = new Map(datasets.map((dataset) => [dataset.id, dataset]));
  const rows = await db().entry.findMany({
    where: {
      datasetId: { in: [...byId.keys()] },
      formulaReduced: entry.formulaReduced,
      NOT: { datasetId: entry.datasetId, number: entry.number },
    },
    select: {
      datasetId: true,
      key: true,
      formulaReduced: true,
      spaceGroupNumber: true,
      siteCount: true,
      structureHash: true,
    },
    orderBy: [{ siteCount: 'asc' }, { key: 'asc' }],
    take: 10 * RELATED_MAX,
  });
  return rows
    .map((row) => ({
      slug: byId.get(row.datasetId)!.slug,
      datasetTitle: byId.get(row.datasetId)!.title,
      key: row.key,
      formula: writtenFormula(row.formulaReduced),
      spaceGroupNumber: row.spaceGroupNumber,
      sites: row.siteCount,
      isSame: row.structureHash === entry.structureHash,
    }))
    .sort((a, b) => Number(b.isSame) - Number(a.isSame))
    .slice(0, RELATED_MAX);
}
