import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import superjson from 'superjson';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import { powderPattern } from '@/kernels/diffraction/powder-pattern';
import { db } from '@/server/db/client';
import { getEntry } from '@/server/services/datasets/get-entry';
import { getKin } from '@/server/services/datasets/get-kin';
import { matchPattern } from '@/server/services/datasets/match-pattern';
import { takeStructure } from '@/server/services/datasets/take-structure';
import { runTraits } from '@/server/services/datasets/traits/run-traits';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { makeDataset, rockSalt } from './make-dataset';

const copper = 1.541871;
const never = new AbortController().signal;
let platform: TestPlatform;
let first: { id: string };
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  first = await makeDataset(platform.actor, 'salts', [
    rockSalt('salt', ['Na', 'Cl'], 5.64),
    conventional('large', ['Na', 'Cl'], 5.72),
    caesiumChloride('other', ['Na', 'Cl'], 3.4),
    rockSalt('magnesia', ['Mg', 'O'], 4.21),
    caesiumChloride('cscl', ['Cs', 'Cl'], 4.12),
  ]);
  const second = await makeDataset(platform.actor, 'more-salts', [
    rockSalt('again', ['Na', 'Cl'], 5.6),
    rockSalt('fluoride', ['Li', 'F'], 4.03),
  ]);
  for (const { id } of [first, second]) expect(await runTraits(id, never)).toBe(true);
});
afterAll(() => platform?.stop());

/** Eight atoms, the origin between them. */
function conventional(id: string, [cation, anion]: readonly [string, string], a: number) {
  const entry = rockSalt(id, [cation, anion], a);
  const corners = [0, 1, 2, 3].map((i) => [0, 1, 2].map((axis) => (i > 0 && axis !== i - 1 ? a / 2 : 0)));
  const at = (offset: number) => corners.map((corner) => corner.map((x) => x + offset));
  entry.attributes.lattice_vectors = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? a : 0)));
  entry.attributes.cartesian_site_positions = [...at(a / 4), ...at(a / 4 + a / 2)];
  entry.attributes.species_at_sites = [...corners.map(() => cation), ...corners.map(() => anion)];
  return entry;
}

function caesiumChloride(id: string, elements: readonly [string, string], a: number) {
  const entry = rockSalt(id, elements, a);
  entry.attributes.lattice_vectors = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? a : 0)));
  entry.attributes.cartesian_site_positions = [
    [0, 0, 0],
    [a / 2, a / 2, a / 2],
  ];
  return entry;
}

describe('the kin of an entry', () => {
  test('are the same crystals in all datasets, whatever their cells, and those of its prototype', async () => {
    const kin = await getKin(platform.actor, { slug: 'salts', key: 'salt' });
    expect(kin.progress).toEqual({ done: 5, total: 5 });
    expect(kin.duplicates.map(({ slug, key }) => `${slug}/${key}`).sort()).toEqual(['more-salts/again', 'salts/large']);
    expect(kin.duplicates.find(({ key }) => key === 'large')!.scale).toBeCloseTo(5.72 / 5.64, 6);
    expect(kin.uncompared).toBe(0);
    expect(kin.ofPrototype).toMatchObject({ pearson: 'cF8', spaceGroupNumber: 225, count: 4 });
    expect(kin.ofPrototype!.entries.map(({ key }) => key).sort()).toEqual(['again', 'fluoride', 'large', 'magnesia']);
    expect(kin.similar.map(({ key }) => key).sort()).toEqual(['large', 'magnesia']);
    for (const { distance } of kin.similar) expect(distance).toBeLessThan(1e-3);
    // As it goes to the browser: some names of fields are refused on that way.
    expect(superjson.deserialize(superjson.serialize(kin))).toEqual(kin);
  });

  test('are found also before the dataset is described', async () => {
    await makeDataset(platform.actor, 'fresh', [rockSalt('salt', ['Na', 'Cl'], 5.64), rockSalt('k', ['K', 'Cl'], 6.3)]);
    const kin = await getKin(platform.actor, { slug: 'fresh', key: 'salt' });
    expect(kin.progress).toEqual({ done: 0, total: 2 });
    expect(kin.duplicates).toHaveLength(3);
    expect(kin.ofPrototype!.count).toBe(5);
    expect(kin.similar).toEqual([]);
  });

  test('of another project are not shown', async () => {
    const other = await makeActor('Eve');
    await makeDataset(other, 'theirs', [rockSalt('mine', ['Na', 'Cl'], 5.64)]);
    const kin = await getKin(other, { slug: 'theirs', key: 'mine' });
    expect(kin.duplicates).toEqual([]);
    expect(kin.ofPrototype!.count).toBe(0);
  });
});

test('traits of an entry whose structure has changed are made anew, and those of a removed one go with it', async () => {
  const { id } = await makeDataset(platform.actor, 'changing', [rockSalt('a', ['Na', 'Cl'], 5.64)]);
  await runTraits(id, never);
  const before = await db().entryTraits.findFirstOrThrow({ where: { datasetId: id } });
  const { attributes } = caesiumChloride('a', ['Na', 'Cl'], 3.4);
  await db().entryStructure.updateMany({ where: { datasetId: id }, data: { attributes } });
  await db().entry.updateMany({ where: { datasetId: id }, data: { structureHash: 'another' } });
  await runTraits(id, never);
  const after = await db().entryTraits.findFirstOrThrow({ where: { datasetId: id } });
  expect(before.pearson).toBe('cF8');
  expect(after.pearson).toBe('cP2');
  await db().dataset.delete({ where: { id } });
  expect(await db().entryTraits.count({ where: { datasetId: id } })).toBe(0);
});

describe('a measured pattern', () => {
  const linesOf = async (key: string) => {
    const row = await db().entry.findFirstOrThrow({
      where: { datasetId: first.id, key },
      include: { structure: true },
    });
    const structure = fromOptimade(row.structure!.attributes as Record<string, unknown>);
    return powderPattern(structure, { wavelengthAngstrom: copper, rangeDegrees: [15, 80] }).map(
      ({ twoThetaDegrees, intensity }) => ({ twoThetaDegrees, intensity }),
    );
  };
  const asked = { slug: 'salts', wavelengthAngstrom: copper, rangeDegrees: [15, 80] as [number, number], limit: 3 };

  test.each(['salt', 'magnesia', 'cscl', 'other'])('of %s is found to be its own', async (key) => {
    const { matches, compared } = await matchPattern(platform.actor, { ...asked, lines: await linesOf(key) });
    expect(compared).toBe(5);
    expect(matches[0]).toMatchObject({ key });
    expect(matches[0]!.score).toBeGreaterThan(0.98);
    expect(matches[0]!.scale).toBeCloseTo(1, 2);
  });

  test('is compared with entries of the elements that were said only', async () => {
    const { matches, compared } = await matchPattern(platform.actor, {
      ...asked,
      elements: ['Mg', 'O', 'Si'],
      lines: await linesOf('salt'),
    });
    expect(compared).toBe(1);
    expect(matches.length).toBeLessThan(2);
  });
});

describe('an entry in another cell', () => {
  test.each([
    ['given', 8, 1],
    ['primitive', 2, 0.25],
    ['conventional', 8, 1],
    ['reduced', 2, 0.25],
  ] as const)('%s has its sites, volume and positions', async (cell, sites, share) => {
    const { structure: found, cell: shown } = await getEntry(platform.actor, { slug: 'salts', key: 'large', cell });
    const structure = found!;
    expect(shown).toBe(cell);
    expect(structure.sites).toBe(sites);
    expect(structure.structure.sites).toHaveLength(sites);
    expect(structure.symmetry!.wyckoffLetters).toHaveLength(sites);
    expect(structure.symmetry!.spaceGroupNumber).toBe(225);
    expect(structure.volumeAngstrom3! / 5.72 ** 3).toBeCloseTo(share, 8);
    if (cell === 'reduced') expect(structure.cell!.aAngstrom).toBeCloseTo(5.72 / Math.SQRT2, 8);
  });
});

describe('what is taken into the project', () => {
  const graphite = () => {
    const entry = rockSalt('graphite', ['C', 'C'], 1);
    const [a, c] = [2.464, 6.711];
    entry.attributes.lattice_vectors = [
      [a, 0, 0],
      [-a / 2, (a * Math.sqrt(3)) / 2, 0],
      [0, 0, c],
    ];
    const y = a / Math.sqrt(3);
    entry.attributes.cartesian_site_positions = [
      [0, 0, c / 4],
      [0, 0, (3 * c) / 4],
      [0, y, c / 4],
      [a / 2, y / 2, (3 * c) / 4],
    ];
    entry.attributes.species_at_sites = ['C', 'C', 'C', 'C'];
    entry.attributes.species = entry.attributes.species.slice(0, 1);
    return entry;
  };

  test('may be a single layer, whose parent is the entry', async () => {
    await makeDataset(platform.actor, 'layered', [graphite()]);
    const asked = { slug: 'layered', key: 'graphite' };
    const entry = await getEntry(platform.actor, asked);
    expect(entry).toMatchObject({ dimensions: 2, layers: [{ formula: 'C', sites: 2 }] });
    const layer = await takeStructure(platform.actor, { ...asked, layer: 0 });
    expect(layer).toMatchObject({ sites: 2, periodic: [true, true, false], source: { kind: 'derived' } });
    const made = await db().process.findFirstOrThrow({
      where: { name: 'edit-structure', title: 'Single layer' },
      include: { links: { include: { dataNode: true } } },
    });
    const bulk = await takeStructure(platform.actor, asked);
    const inputs = made.links.flatMap(({ kind, dataNodeId }) => (kind === 'input' && dataNodeId ? [dataNodeId] : []));
    const parent = await db().link.findFirstOrThrow({
      where: { kind: 'create', dataNodeId: { in: inputs }, process: { name: 'dataset-entry' } },
    });
    expect(inputs).toContain(parent.dataNodeId);
    expect(bulk.id).not.toBe(layer.id);
    await expect(takeStructure(platform.actor, { ...asked, layer: 1 })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('may be the cell that is shown', async () => {
    const taken = await takeStructure(platform.actor, { slug: 'salts', key: 'large', cell: 'reduced' });
    expect(taken).toMatchObject({ sites: 2, name: 'large (reduced cell)' });
  });
});

const file = '../shared/data/entries.optimade.jsonl.gz';
test.skipIf(!existsSync(file))(
  'among five hundred real entries most find themselves by their pattern',
  { timeout: 120_000 },
  async () => {
    const all = gunzipSync(readFileSync(file)).toString('utf8').split('\n').slice(1).filter(Boolean);
    const entries = all.filter((_, i) => i % 31 === 0).map((line) => JSON.parse(line));
    const { id } = await makeDataset(platform.actor, 'real', entries);
    await runTraits(id, never);
    const described = await db().entryTraits.findMany({ where: { datasetId: id } });
    expect(described).toHaveLength(entries.length);
    expect(described.filter(({ prototype }) => prototype === null)).toHaveLength(0);
    let found = 0;
    const asked = entries.filter((_, i) => i % 25 === 0);
    for (const { id: key, attributes } of asked) {
      const lines = powderPattern(fromOptimade(attributes), { wavelengthAngstrom: copper, rangeDegrees: [10, 80] })
        .toSorted((a, b) => b.intensity - a.intensity)
        .slice(0, 200)
        .map(({ twoThetaDegrees, intensity }) => ({ twoThetaDegrees, intensity }));
      const { matches } = await matchPattern(platform.actor, {
        ...{ slug: 'real', wavelengthAngstrom: copper, rangeDegrees: [10, 80], limit: 5, lines },
      });
      if (matches[0]?.key === key) found += 1;
    }
    expect(found / asked.length).toBeGreaterThan(0.9);
  },
);
