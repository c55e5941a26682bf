import { afterAll, beforeAll, expect, test } from 'vitest';
import { toOptimade } from '@/kernels/crystal/formats/to-optimade';
import { parseStructure } from '@/kernels/crystal/structure';
import { db } from '@/server/db/client';
import { curationSettingsSchema } from '@/server/schemas/curation-settings';
import { chooseBest } from '@/server/services/datasets/curate/choose-best';
import { getCuration, listRejections } from '@/server/services/datasets/curate/get-curation';
import { startCuration } from '@/server/services/datasets/curate/start-curation';
import { runImport } from '@/server/services/datasets/import/run-import';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { makeDataset, rockSalt } from './make-dataset';

let platform: TestPlatform;
const salts: [string, string, number][] = ['Li', 'Na', 'K', 'Rb', 'Ag'].flatMap((cation, i) =>
  ['F', 'Cl', 'Br'].map((anion, j): [string, string, number] => [cation, anion, 4 + 0.5 * i + 0.4 * j]),
);

/** Repeated along one axis, its origin shifted, 1.5 % larger, sites in another order: rock salt, or the arrangement of caesium chloride. */
function disguised(id: string, [cation, anion, a]: [string, string, number], isSimple: boolean) {
  const size = a * 1.015;
  const half = size / 2;
  const rows = isSimple
    ? [
        [0, half, 0],
        [0, 0, half],
        [2 * half, 0, 0],
      ]
    : [
        [half, 0, half],
        [half, half, 0],
        [0, 2 * half, 2 * half],
      ];
  const places = [0, 0.5].flatMap((c) =>
    [cation, anion].map((element, i) => ({
      element,
      fractional: [0.1 + (i ? 0.5 : 0), 0.2 + (i ? 0.5 : 0), 0.3 + c + (i ? 0.25 : 0)],
    })),
  );
  return {
    id,
    type: 'structures',
    attributes: {
      ...toOptimade(parseStructure({ cellAngstrom: rows, sites: places.reverse() })),
      last_modified: '2026-01-01T00:00:00Z',
    },
  };
}

beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  await makeDataset(
    platform.actor,
    'first',
    salts.map((salt, i) => rockSalt(`a${i}`, [salt[0], salt[1]], salt[2], { _raw_gap: i })),
  );
  const wrong = rockSalt('wrong', ['Na', 'Cl'], 5.6, { chemical_formula_descriptive: 'NaCl3' });
  const near = rockSalt('near', ['Na', 'Cl'], 0.9);
  const shared = rockSalt('shared', ['Na', 'Cl'], 5.6);
  shared.attributes.species[0] = { name: 'Na', chemical_symbols: ['Na', 'K'], concentration: [0.5, 0.5] } as never;
  await makeDataset(platform.actor, 'second', [
    ...salts.flatMap((salt, i) => [disguised(`b${i}`, salt, false), disguised(`c${i}`, salt, true)]),
    wrong,
    near,
    shared,
  ]);
});
afterAll(() => platform?.stop());

const never = new AbortController().signal;
const settings = curationSettingsSchema.parse({});
const begin = (againOf?: string) =>
  startCuration(platform.actor, { slugs: ['first', 'second'], title: 'Unique', settings, againOf });

test('disguises of fifteen salts in two arrangements come back as thirty families, the preferred source chosen, each rejection with its reason', async () => {
  const { id, slug } = await begin();
  expect(await runImport(id, never)).toBe(true);
  const report = await getCuration(platform.actor, { slug });
  expect(report).toMatchObject({ step: 'done', total: 48, examined: 48, passed: 45, families: 30, since: null });
  expect(report.rejected).toEqual([
    { reason: 'disorder', count: 1 },
    { reason: 'formula-differs', count: 1 },
    { reason: 'overlap', count: 1 },
  ]);
  const entries = await db().entry.findMany({ where: { datasetId: id }, orderBy: { number: 'asc' } });
  expect(entries.slice(0, 15).map(({ key }) => key)).toEqual(salts.map((_, i) => `first:a${i}`));
  expect(entries[3]!.properties).toMatchObject({ _raw_gap: 3, _brine_curated_from: 'first/a3' });
  expect(entries).toHaveLength(30);
  expect((entries[3]!.properties as Record<string, unknown>)._brine_same_as).toEqual(['first/a3', 'second/b3']);
  const page = await listRejections(platform.actor, { slug, cursor: 0, limit: 2 });
  expect(page.items.map(({ key }) => key)).toEqual(['wrong', 'near']);
  const rest = await listRejections(platform.actor, { slug, cursor: page.nextCursor!, limit: 2 });
  expect(rest).toMatchObject({ items: [{ key: 'shared', reason: 'disorder' }], nextCursor: null });
});

test('one that is stopped again and again goes on where it was, to the same as one that was not; run again nothing differs', async () => {
  const whole = await begin();
  await runImport(whole.id, never);
  const broken = await begin(whole.slug);
  for (let i = 0; i < 100; i++) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 30);
    const hasEnded = await runImport(broken.id, stop.signal);
    clearTimeout(timer);
    if (hasEnded) break;
  }
  const [one, other] = await Promise.all([whole, broken].map(({ slug }) => getCuration(platform.actor, { slug })));
  expect(other!.keptSha256).toBe(one!.keptSha256);
  expect(one!.keptSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(other!.since).toEqual({ came: { count: 0, keys: [] }, went: { count: 0, keys: [] } });
});

test('the best of a family is of the preferred source, then as the settings say, then the first', () => {
  const member = (position: number, changes = {}) => ({
    ...{ position, sourceIndex: 0, warnings: 0, siteCount: 2, lastModified: null },
    ...changes,
  });
  const within = settings.within;
  expect(chooseBest([member(2), member(1)], within).position).toBe(1);
  expect(chooseBest([member(1, { sourceIndex: 1 }), member(2, { warnings: 9 })], within).position).toBe(2);
  expect(chooseBest([member(1, { warnings: 1 }), member(2)], within).position).toBe(2);
  expect(chooseBest([member(1), member(2, { lastModified: new Date() })], within).position).toBe(2);
  expect(chooseBest([member(1, { siteCount: 4 }), member(2)], within).position).toBe(2);
  expect(chooseBest([member(1, { warnings: 1 }), member(2, { siteCount: 4 })], ['smallest-cell']).position).toBe(1);
});
