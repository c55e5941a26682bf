import type { Prisma } from '@/generated/prisma/client';
import { fingerprintDistance } from '@/kernels/crystal/fingerprint';
import { writtenFormula } from '@/kernels/crystal/formula';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { Kin, KinEntry } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { inThread } from '../structures/thread/in-thread';
import { visibleTo } from './dataset-row';
import { type LoadedEntry, loadEntry } from './entry-row';
import { nearestFingerprints } from './traits/nearest-fingerprints';
import { traitsProgress } from './traits/request-traits';
import { type EntryTraits, noTraits } from './traits/traits';

/** Of the entries of one composition. */
const LOOKED_AT_MAX = 200;
const COMPARED_MAX = 40;
const PROTOTYPE_MAX = 12;
const SIMILAR_MAX = 10;
/** Farther crystals have little in common. */
const DISTANCE_MAX = 0.1;
const DEADLINE_MS = 2_000;

/** An entry's kin: the same crystal and its kind in all datasets that the project may see, what looks like it in its own. */
export async function getKin(actor: Actor, asked: { slug: string; key: string }): Promise<Kin> {
  const scope = await projectScope(actor, 'read');
  const loaded = await loadEntry(scope, asked);
  const datasets = await db().dataset.findMany({
    where: visibleTo(scope),
    select: { id: true, slug: true, title: true },
  });
  const seen: Seen = { loaded, datasets: new Map(datasets.map((dataset) => [dataset.id, dataset])) };
  const [progress, traits] = await Promise.all([traitsProgress(loaded.dataset), ownTraits(loaded)]);
  const [same, ofPrototype, similar] = await Promise.all([
    findSame(seen, traits),
    findPrototype(seen, traits),
    findSimilar(seen, traits),
  ]);
  return { progress, ...same, ofPrototype, similar };
}

interface Seen {
  loaded: LoadedEntry;
  datasets: ReadonlyMap<string, { id: string; slug: string; title: string }>;
}

const shown = {
  datasetId: true,
  number: true,
  key: true,
  formulaReduced: true,
  spaceGroupNumber: true,
  siteCount: true,
} as const;
type Shown = Prisma.EntryGetPayload<{ select: typeof shown }>;

function toKin({ datasets }: Seen, row: Shown): KinEntry {
  const { slug, title } = datasets.get(row.datasetId)!;
  const { key, spaceGroupNumber, siteCount } = row;
  return {
    slug,
    datasetTitle: title,
    key,
    formula: writtenFormula(row.formulaReduced),
    spaceGroupNumber,
    sites: siteCount,
  };
}

/** Those that are kept, or made now where the dataset is not described so far yet. */
async function ownTraits({
  entry,
  dataset,
}: LoadedEntry): Promise<
  Pick<EntryTraits, 'prototype' | 'pearson' | 'spaceGroupNumber'> & { fingerprint: Int8Array | null }
> {
  const where = { datasetId_number: { datasetId: dataset.id, number: entry.number } };
  const kept = await db().entryTraits.findUnique({ where });
  if (kept && kept.structureHash === (entry.structureHash ?? ''))
    return { ...kept, fingerprint: kept.fingerprint && Int8Array.from(kept.fingerprint) };
  const { attributes } = await db().entryStructure.findUniqueOrThrow({ where });
  const [made] = await orOverrun(inThread('describeTraits', { attributes: [attributes] }, DEADLINE_MS), [noTraits]);
  return {
    ...made!,
    fingerprint: made!.fingerprint === null ? null : Int8Array.from(Buffer.from(made!.fingerprint, 'base64')),
  };
}

/** What there is where the thread met its deadline: the page says less and is there all the same. */
const orOverrun = <Value>(promise: Promise<Value>, otherwise: Value): Promise<Value> =>
  promise.catch((err: unknown) => {
    if (err instanceof AppError && err.details['endsThread']) return otherwise;
    throw err;
  });

/** Of the same composition, those that look most alike first, as long as time allows. */
async function findSame(
  seen: Seen,
  { fingerprint }: { fingerprint: Int8Array | null },
): Promise<Pick<Kin, 'duplicates' | 'uncompared'>> {
  const { entry, structure } = seen.loaded;
  if (entry.periodicCount !== 3) return { duplicates: [], uncompared: 0 };
  const found = await db().entry.findMany({
    where: {
      datasetId: { in: [...seen.datasets.keys()] },
      formulaReduced: entry.formulaReduced,
      periodicCount: 3,
      NOT: { datasetId: entry.datasetId, number: entry.number },
    },
    select: { ...shown, traits: { select: { fingerprint: true } } },
    orderBy: [{ siteCount: 'asc' }, { key: 'asc' }],
    take: LOOKED_AT_MAX,
  });
  const ranked = found
    .map((row) => ({ row, distance: distanceTo(fingerprint, row.traits?.fingerprint ?? null) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, COMPARED_MAX);
  if (ranked.length === 0) return { duplicates: [], uncompared: 0 };
  const kept = await db().entryStructure.findMany({
    where: { OR: ranked.map(({ row: { datasetId, number } }) => ({ datasetId, number })) },
  });
  const attributesOf = new Map(kept.map(({ datasetId, number, attributes }) => [`${datasetId} ${number}`, attributes]));
  const candidates = ranked.map(({ row }) => attributesOf.get(`${row.datasetId} ${row.number}`) ?? {});
  const matches = await orOverrun(
    inThread('matchCandidates', { structure, candidates }, DEADLINE_MS),
    ranked.map(() => 'uncompared' as const),
  );
  return {
    duplicates: ranked
      .flatMap(({ row }, i) => {
        const match = matches[i]!;
        return match === null || match === 'uncompared'
          ? []
          : [{ ...toKin(seen, row), rms: match.rms, scale: match.scale }];
      })
      .sort((a, b) => a.rms - b.rms),
    uncompared: found.length - ranked.length + matches.filter((match) => match === 'uncompared').length,
  };
}

/** Unknown ones in the middle: behind those that are alike, before those that are not. */
const distanceTo = (own: Int8Array | null, other: Uint8Array | null) =>
  own && other ? fingerprintDistance(own, Int8Array.from(other)) : DISTANCE_MAX;

async function findPrototype(
  seen: Seen,
  { prototype, pearson, spaceGroupNumber }: Pick<EntryTraits, 'prototype' | 'pearson' | 'spaceGroupNumber'>,
): Promise<Kin['ofPrototype']> {
  if (prototype === null || pearson === null || spaceGroupNumber === null) return null;
  const { entry } = seen.loaded;
  const where: Prisma.EntryWhereInput = {
    datasetId: { in: [...seen.datasets.keys()] },
    formulaAnonymous: entry.formulaAnonymous,
    traits: { prototype },
    NOT: { datasetId: entry.datasetId, number: entry.number },
  };
  const [count, rows] = await Promise.all([
    db().entry.count({ where }),
    db().entry.findMany({
      where,
      select: shown,
      orderBy: [{ formulaReduced: 'asc' }, { key: 'asc' }],
      take: PROTOTYPE_MAX,
    }),
  ]);
  return { pearson, spaceGroupNumber, count, entries: rows.map((row) => toKin(seen, row)) };
}

async function findSimilar(seen: Seen, { fingerprint }: { fingerprint: Int8Array | null }): Promise<Kin['similar']> {
  if (!fingerprint) return [];
  const { entry } = seen.loaded;
  const nearest = (await nearestFingerprints(entry.datasetId, fingerprint, SIMILAR_MAX + 1))
    .filter(({ number, distance }) => number !== entry.number && distance < DISTANCE_MAX)
    .slice(0, SIMILAR_MAX);
  const rows = await db().entry.findMany({
    where: { datasetId: entry.datasetId, number: { in: nearest.map(({ number }) => number) } },
    select: shown,
  });
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return nearest.flatMap(({ number, distance }) => {
    const row = byNumber.get(number);
    return row ? [{ ...toKin(seen, row), distance }] : [];
  });
}
