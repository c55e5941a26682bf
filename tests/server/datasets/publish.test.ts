import { afterAll, beforeAll, expect, test } from 'vitest';
import { asJson, db } from '@/server/db/client';
import { answerOptimade } from '@/server/optimade/answer';
import { createCaller } from '@/server/routers';
import type { EntryDetail } from '@/server/schemas/datasets';
import { entryProvenanceSchema } from '@/server/schemas/publication';
import { emptyReport } from '@/server/services/datasets/import/report';
import { runImport } from '@/server/services/datasets/import/run-import';
import { raiseVersion } from '@/server/services/datasets/publish/raise-version';
import { servedDatasets } from '@/server/services/datasets/served-datasets';
import { compute, startRealWorker } from '../engines/espresso/platform';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { endWorker, silicon, type TestWorker } from '../workflows/workers';

let platform: TestPlatform;
let worker: TestWorker | null = null;
let caller: ReturnType<typeof createCaller>;
/** The density alone; the same structure with bands that cannot be computed. */
let plain: string;
let partly: string;

const input = (more: object) => ({
  ...{ structure: silicon, protocol: 'fast', electronicType: 'insulator', resources: { cores: 1 } },
  ...{ overrides: { cutoffHartree: 5, mesh: [2, 2, 2] }, ...more },
});

beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  caller = createCaller({ actor: platform.actor });
  worker = await startRealWorker();
  const first = await compute(
    platform.actor,
    input({ properties: { dos: { distancePerAngstrom: 1 } }, label: 'plain' }),
  );
  expect(first.state).toBe('finished');
  const second = await compute(
    platform.actor,
    input({ properties: { bands: { count: 400, stepPerAngstrom: 1 } }, protocol: 'balanced', label: 'partly' }),
  );
  expect(second.state).toBe('failed');
  [plain, partly] = [first.id, second.id];
}, 300_000);
afterAll(async () => {
  if (worker) await endWorker(worker, 'SIGKILL');
  await platform?.stop();
});

/** When the worker has published, and looked for symmetry. */
async function untilReady(slug: string) {
  await expect
    .poll(
      async () => {
        const { state, symmetryCount, entryCount } = await caller.datasets.get({ slug });
        return state === 'ready' && symmetryCount === entryCount;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  return caller.datasets.get({ slug });
}

async function remove(id: string) {
  const { fingerprint } = await caller.provenance.planDeletion({ id });
  await caller.provenance.delete({ id, fingerprint });
}

const readValue = ({ properties }: Pick<EntryDetail, 'properties'>, name: string) =>
  properties.find(({ definition }) => definition.name === `_brine_${name}`)?.value;

test('what is found is reviewed: different protocols of one structure, and a calculation of which a step failed', async () => {
  const selection = { by: 'filters' as const };
  const review = await caller.datasets.reviewPublication({ selection, choice: 'all' });
  expect(review).toMatchObject({ found: 2, published: 2, superseded: 0, leftOut: [] });
  expect(review.methods).toEqual([{ engine: 'planewave', functional: 'pbe', dispersion: 'none', count: 2 }]);
  expect(review.warnings).toEqual([expect.stringContaining('Of 1 of them a step failed')]);
  expect(await caller.datasets.reviewPublication({ selection })).toMatchObject({ published: 1, superseded: 1 });
  const byQuery = { by: 'query' as const, text: 'kind:dos-result' };
  expect(await caller.datasets.reviewPublication({ selection: byQuery })).toMatchObject({ found: 1 });
  const nothing = { by: 'filters' as const, text: 'no such label' };
  await expect(caller.datasets.publish({ title: 'Nothing', selection: nothing })).rejects.toThrow(
    /No calculation is found/,
  );
});

test('published results are read back in the explorer and through OPTIMADE, with the node of each number', async () => {
  const made = await caller.datasets.publish({
    ...{ title: 'Two silicons', licence: 'CC0', selection: { by: 'filters' }, choice: 'all' },
  });
  expect(made).toMatchObject({ slug: 'two-silicons', version: '1', licence: 'CC0', isOpen: false });
  const dataset = await untilReady(made.slug);
  expect(dataset).toMatchObject({ entryCount: 2, report: { entries: 2, refused: 0 } });
  const entry = (await caller.datasets.entry({ slug: made.slug, key: plain })) as EntryDetail;
  const { scf } = await caller.calculations.results({ id: plain });
  const energyEv = scf!.energyZeroWidthEv ?? scf!.energyEv!;
  expect(readValue(entry, 'energy_per_atom')).toEqual({ is: 'value', value: expect.closeTo(energyEv / 2, 8) });
  expect(readValue(entry, 'band_gap')).toEqual({ is: 'value', value: expect.closeTo(scf!.gap.gapEv, 8) });
  expect(readValue(entry, 'functional')).toEqual({ is: 'value', value: 'pbe' });
  expect(readValue(entry, 'kpoint_mesh')).toEqual({ is: 'value', value: '2 × 2 × 2' });
  expect(entry.structure.symmetry?.spaceGroupNumber).toBe(227);

  const making = await caller.datasets.making({ slug: made.slug, key: plain });
  if (making?.from !== 'calculation') throw new Error('it was made by a calculation');
  expect(making).toMatchObject({ calculation: plain, label: 'plain', isThere: true });
  const { node } = making.numbers.find(({ title }) => title === 'Total energy per atom')!;
  const stored = await db().dataNode.findUniqueOrThrow({ where: { id: node } });
  expect(stored.kind).toBe('scf-result');

  const answer = await answerOptimade({
    site: { root: 'http://localhost:3000/optimade', softwareVersion: '0' },
    path: [made.slug, 'v1', 'structures'],
    query: new URLSearchParams({ filter: '_brine_band_gap >= 0 AND nelements = 1' }),
    datasets: await servedDatasets(platform.actor),
  });
  const { data } = JSON.parse(answer.body) as { data: { id: string; attributes: Record<string, unknown> }[] };
  expect(data.map(({ id }) => id)).toEqual([plain]);
  const provenance = entryProvenanceSchema.parse(data[0]!.attributes['_brine_provenance']);
  expect(provenance).toMatchObject({ calculation: plain, nodes: { _brine_energy_per_atom: node } });
  expect((await servedDatasets(null)).map(({ slug }) => slug)).not.toContain(made.slug);
});

test('what failed says why, what was not asked for is not computed, and neither is 0', async () => {
  const entry = (await caller.datasets.entry({ slug: 'two-silicons', key: partly })) as EntryDetail;
  const failure = await db().process.findFirstOrThrow({ where: { calculationId: partly, name: 'bands-path' } });
  const { message } = failure.failure as { message: string };
  expect(readValue(entry, 'band_gap')).toEqual({ is: 'failed', reason: message.slice(0, 400) });
  expect(readValue(entry, 'energy_per_atom')).toMatchObject({ is: 'value' });
  const definitions = entry.properties.map(({ definition }) => definition.name);
  expect(definitions).not.toContain('_brine_bulk_modulus');
  // Without energies of formation nothing is put on a hull: the guard of what does not compare.
  expect(await caller.datasets.hull({ slug: 'two-silicons', key: partly })).toBeNull();
});

test('brought up to date it holds what the query finds today, and says what changed', async () => {
  const { id } = await caller.datasets.get({ slug: 'two-silicons' });
  await caller.datasets.bringUpToDate({ id });
  expect(await untilReady('two-silicons')).toMatchObject({
    ...{ version: '1', entryCount: 2, source: { changes: { version: '1', added: 0, changed: 0, gone: 0 } } },
  });
  const shorter = {
    ...structuredClone(silicon),
    cellAngstrom: silicon.cellAngstrom.map((row) => row.map((x) => 0.99 * x)),
  };
  const third = await compute(
    platform.actor,
    input({ structure: shorter, properties: { dos: { distancePerAngstrom: 1 } }, label: 'third' }),
  );
  expect(third.state).toBe('finished');
  await caller.calculations.rename({ id: plain, label: 'renamed' });
  await remove(partly);
  await caller.datasets.bringUpToDate({ id });
  const dataset = await untilReady('two-silicons');
  expect(dataset).toMatchObject({
    ...{ version: '2', entryCount: 2, source: { changes: { version: '2', added: 1, changed: 1, gone: 1 } } },
  });
  await expect(caller.datasets.entry({ slug: 'two-silicons', key: partly })).rejects.toThrow();
  expect(await caller.datasets.entry({ slug: 'two-silicons', key: third.id })).toMatchObject({ formula: 'Si' });
});

/** More calculations with the results of `plain`, as rows alone. */
async function copyPlain(count: number) {
  await db().$executeRaw`
    WITH made AS (
      INSERT INTO "Calculation" ("id", "projectId", "userId", "kind", "schemaVersion", "label", "formula", "structureId", "properties",
        "protocol", "functional", "inputs")
      SELECT gen_random_uuid(), c."projectId", c."userId", c."kind", c."schemaVersion", 'copy', c."formula", c."structureId", c."properties",
        c."protocol", c."functional", c."inputs" FROM "Calculation" c, generate_series(1, ${count}::integer) WHERE c."id" = ${plain}::uuid
      RETURNING "id", "projectId"),
    roots AS (
      INSERT INTO "Process" ("id", "projectId", "calculationId", "kind", "name", "title", "state")
      SELECT "id", "projectId", "id", 'workflow', 'calculation', 'copy', 'finished' FROM made),
    jobs AS (
      INSERT INTO "Process" ("id", "projectId", "calculationId", "parentId", "kind", "name", "title", "state")
      SELECT gen_random_uuid(), "projectId", "id", "id", 'job', 'scf', 'copy', 'finished' FROM made RETURNING "id")
    INSERT INTO "Link" ("id", "kind", "name", "processId", "dataNodeId")
    SELECT gen_random_uuid(), 'return', 'result', j."id", l."dataNodeId" FROM jobs j, "Link" l JOIN "Process" p ON p."id" = l."processId"
    WHERE p."calculationId" = ${plain}::uuid AND p."name" = 'scf' AND l."name" = 'result' AND l."kind" = 'create'`;
}

const COPIES = Number(process.env.BRINE_COPIES ?? 250);

test('many are read in pages, and whoever goes on begins behind the last page', async () => {
  await copyPlain(COPIES);
  const source = {
    ...{ kind: 'calculations', selection: { by: 'filters', text: 'copy' }, choice: 'all' },
    ...{ cursor: null, lines: 0, isUpdate: false, changes: null },
  };
  const about = { slug: 'many', title: 'Many', version: '1', description: '', licence: '', citation: '' };
  const row = await db().dataset.create({
    data: { ...about, projectId: platform.actor.projectId, source, state: 'importing', report: asJson(emptyReport) },
  });
  let looks = 0;
  // Told to stop before the third page.
  const ending = {
    get aborted() {
      looks += 1;
      return looks > 2;
    },
  } as AbortSignal;
  expect(await runImport(row.id, ending)).toBe(false);
  expect(await caller.datasets.get({ slug: 'many' })).toMatchObject({
    state: 'importing',
    entryCount: 0,
    source: { lines: 200 },
  });
  const begun = performance.now();
  expect(await runImport(row.id, new AbortController().signal)).toBe(true);
  if (process.env.BRINE_COPIES) process.stderr.write(`${COPIES} calculations in ${performance.now() - begun} ms\n`);
  expect(await caller.datasets.get({ slug: 'many' })).toMatchObject({
    ...{ state: 'ready', entryCount: COPIES, report: { entries: COPIES, refused: 0 } },
  });
  expect(await db().entry.count({ where: { datasetId: row.id } })).toBe(COPIES);
  expect(await db().stagedEntry.count({ where: { datasetId: row.id } })).toBe(0);
});

test('an entry outlives its calculation, and says that it is gone', async () => {
  await remove(plain);
  const entry = (await caller.datasets.entry({ slug: 'two-silicons', key: plain })) as EntryDetail;
  expect(readValue(entry, 'energy_per_atom')).toMatchObject({ is: 'value' });
  const making = await caller.datasets.making({ slug: 'two-silicons', key: plain });
  if (making?.from !== 'calculation') throw new Error('it was made by a calculation');
  expect(making.isThere).toBe(false);
  expect(making.numbers.every(({ isThere }) => !isThere)).toBe(true);
});

test('a stranger can neither review nor publish what others computed', async () => {
  const stranger = createCaller({ actor: await makeActor('Grace') });
  const { id } = (await caller.calculations.list({})).items[0]!;
  const selection = { by: 'ids' as const, ids: [id] };
  await expect(stranger.datasets.reviewPublication({ selection })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(stranger.datasets.publish({ title: 'Theirs', selection })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await stranger.datasets.reviewPublication({ selection: { by: 'filters' } })).toMatchObject({ found: 0 });
  const { id: dataset } = await caller.datasets.get({ slug: 'two-silicons' });
  await expect(stranger.datasets.bringUpToDate({ id: dataset })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a version rises by its last number', () => {
  expect(['1', '1.9', 'first', '2026-v3'].map(raiseVersion)).toEqual(['2', '1.10', 'first.2', '2026-v4']);
});
