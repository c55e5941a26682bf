import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { silicon } from '../workflows/workers';

let platform: TestPlatform;
let caller: ReturnType<typeof createCaller>;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  caller = createCaller({ actor: platform.actor });
  await db().computer.create({
    data: {
      key: 'test',
      name: 'Test',
      description: '',
      transport: 'local',
      scheduler: 'direct',
      cores: 2,
      memoryBytes: 8n * 10n ** 9n,
    },
  });
});
afterAll(() => platform?.stop());

const importStructure = async (value: unknown) => (await caller.structures.import({ text: JSON.stringify(value) })).id;

test('of two tabs that save the same version one is told that it came too late, and nothing is lost', async () => {
  const draft = await caller.drafts.create({});
  const saves = await Promise.allSettled([
    caller.drafts.update({ id: draft.id, version: 1, changes: { protocol: 'fast' } }),
    caller.drafts.update({ id: draft.id, version: 1, changes: { protocol: 'stringent' } }),
  ]);
  expect(saves.map((save) => save.status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = saves.find((save) => save.status === 'rejected')!;
  expect(refused.reason).toMatchObject({ code: 'CONFLICT' });
  const after = await caller.drafts.get({ id: draft.id });
  expect(after.version).toBe(2);
  const saved = saves.find((save) => save.status === 'fulfilled')!;
  expect(after.data.protocol).toBe(saved.value.data.protocol);
});

test('properties keep the order of the list, though the database keeps none of its own', async () => {
  const structureId = await importStructure(silicon);
  const { id } = await caller.drafts.create({ data: { structureId, properties: { dos: {}, bands: {} } } });
  expect((await caller.drafts.get({ id })).properties).toEqual(['bands', 'dos']);
  expect((await caller.calculations.resolve({ draftId: id })).automaticLabel).toMatch(
    /^Si: electronic bands, density of states/,
  );
});

test('that finished jobs shall not be taken over is kept in the draft and in the calculation', async () => {
  const structureId = await importStructure(silicon);
  const { id } = await caller.drafts.create({ data: { structureId, properties: { dos: {} } } });
  const { version } = await caller.drafts.update({ id, version: 1, changes: { useCache: false } });
  expect((await caller.drafts.get({ id })).data.useCache).toBe(false);
  const submitted = await caller.calculations.submit({ draftId: id, version });
  expect((await db().calculation.findUniqueOrThrow({ where: { id: submitted.id } })).useCache).toBe(false);
});

test('what a draft derives says where it comes from, can be overridden and put back', async () => {
  const structureId = await importStructure(silicon);
  const { id } = await caller.drafts.create({
    data: { structureId, properties: { bands: {}, dos: {} }, protocol: 'balanced', electronicType: 'insulator' },
  });
  const resolved = await caller.calculations.resolve({ draftId: id });
  expect(resolved.blockers).toEqual([]);
  expect(resolved.formula).toBe('Si');
  expect(resolved.electrons).toBe(8);
  // 4 occupied: 4 more outdo a fifth.
  expect(resolved.bandCount).toBe(8);
  // |b| = 2 pi sqrt(3)/a = 2.004 1/angstrom, and insulators take 0.30 of it.
  expect(resolved.mesh).toMatchObject({ value: [7, 7, 7], overridden: false });
  expect(resolved.kpointCount).toEqual({ full: 343, irreducible: 20 });
  expect(resolved.scheme.value).toBe('fixed');
  expect(resolved.widthHartree).toBeNull();
  expect(resolved.properties['bands']?.path?.labels).toBe('Γ–X–U|K–Γ–L–W–X');
  const set = await caller.drafts.update({
    id,
    version: 1,
    changes: { overrides: { mesh: [4, 4, 4], cutoffHartree: 1 } },
  });
  const overridden = await caller.calculations.resolve({ draftId: id });
  expect(overridden.mesh).toMatchObject({ value: [4, 4, 4], automatic: [7, 7, 7], overridden: true });
  expect(overridden.warnings.map((warning) => warning.code)).toContain('cutoff-low');
  await caller.drafts.update({ id, version: set.version, changes: { overrides: {} } });
  expect((await caller.calculations.resolve({ draftId: id })).mesh).toEqual(resolved.mesh);
});

test('the half width in hartree of the protocols in rydberg', async () => {
  const structureId = await importStructure(silicon);
  for (const [protocol, widthHartree] of [
    ['fast', 0.01375],
    ['balanced', 0.01],
    ['stringent', 0.00625],
  ] as const) {
    const { id } = await caller.drafts.create({
      data: { structureId, properties: { bands: {} }, protocol, electronicType: 'metal' },
    });
    const resolved = await caller.calculations.resolve({ draftId: id });
    expect(resolved.widthHartree?.value).toBe(widthHartree);
    expect(resolved.scheme.value).toBe('cold');
  }
});

test('what cannot be computed is said before submitting, and the draft stays', async () => {
  const cases: [unknown, string, string][] = [
    [{ ...silicon, sites: [silicon.sites[0], { element: 'Si', fractional: [0.01, 0, 0] }] }, 'overlap', 'structure'],
    [
      { ...silicon, sites: [{ species: [{ element: 'Si', concentration: 0.5 }], fractional: [0, 0, 0] }] },
      'occupan',
      'structure',
    ],
    [{ ...silicon, sites: [{ element: 'Fr', fractional: [0, 0, 0] }] }, 'pseudopotential', 'structure'],
  ];
  for (const [structure, code, step] of cases) {
    const structureId = await importStructure(structure);
    const { id } = await caller.drafts.create({ data: { structureId, properties: { bands: {} } } });
    const { blockers } = await caller.calculations.resolve({ draftId: id });
    expect(
      blockers
        .map((blocker) => `${blocker.code} ${blocker.message}`)
        .join()
        .toLowerCase(),
    ).toContain(code);
    expect(blockers[0]!.step).toBe(step);
    await expect(caller.calculations.submit({ draftId: id, version: 1 })).rejects.toMatchObject({
      code: 'PRECONDITION_FAILED',
    });
    expect((await caller.drafts.get({ id })).id).toBe(id);
  }
});

test('numbers with which no job can end well, and a computer that is gone, are blockers', async () => {
  const structureId = await importStructure(silicon);
  const codesOf = async (data: Record<string, unknown>) => {
    const { id } = await caller.drafts.create({ data: { structureId, properties: { bands: {} }, ...data } });
    return (await caller.calculations.resolve({ draftId: id })).blockers.map(({ code }) => code);
  };
  expect(await codesOf({ overrides: { cutoffHartree: 0.01 } })).toEqual(['cutoff-too-low']);
  expect(await codesOf({ overrides: { scheme: 'cold', widthHartree: 1e-300 } })).toEqual(['width-too-small']);
  const resources = { computerId: '01900000-0000-7000-8000-000000000000' };
  expect(await codesOf({ resources })).toEqual(['no-computer']);
  const { id } = await caller.drafts.create({ data: { structureId, properties: { bands: {} }, resources } });
  const { blockers } = await caller.calculations.resolve({ draftId: id });
  expect(blockers[0]!.message).toContain('Choose another');
});

test('the estimate counts two spins twice, and spinors four to eight times', async () => {
  const { id: structureId } = await caller.structures.createFromExample({ exampleId: 'barium-titanate' });
  const costOf = async (data: Record<string, unknown>) => {
    const { id } = await caller.drafts.create({
      data: { structureId, properties: { dos: { mesh: [20, 20, 20] } }, overrides: { mesh: [12, 12, 12] }, ...data },
    });
    return (await caller.calculations.resolve({ draftId: id })).estimate!;
  };
  const plain = await costOf({});
  const spins = await costOf({ magnetism: { kind: 'collinear', moments: [1, 1] } });
  const spinors = await costOf({ engine: 'espresso', spinOrbit: true });
  // The start of the programs counts once.
  expect(spins.secondsByTask['dos']! / plain.secondsByTask['dos']!).toBeGreaterThan(1.8);
  expect(spins.secondsByTask['dos']! / plain.secondsByTask['dos']!).toBeLessThanOrEqual(2);
  expect(spinors.secondsByTask['dos']! / plain.secondsByTask['dos']!).toBeGreaterThan(4);
  expect(spinors.secondsByTask['dos']! / plain.secondsByTask['dos']!).toBeLessThan(8);
  expect(spinors.memoryBytes).toBeGreaterThan(spins.memoryBytes);
  expect(spins.memoryBytes).toBeGreaterThan(plain.memoryBytes);
});

test('a label of 10 kB, a cutoff beyond the memory and a missing structure are blockers', async () => {
  const structureId = await importStructure(silicon);
  const { id } = await caller.drafts.create({
    data: { structureId, properties: { bands: {} }, label: 'x'.repeat(10_240) },
  });
  expect((await caller.calculations.resolve({ draftId: id })).blockers.map((blocker) => blocker.code)).toEqual([
    'label-too-long',
  ]);
  const huge = {
    cellAngstrom: [
      [40, 0, 0],
      [0, 40, 0],
      [0, 0, 40],
    ],
    sites: [{ element: 'Si', fractional: [0, 0, 0] }],
  };
  const costly = await caller.drafts.create({
    data: { structureId: await importStructure(huge), properties: { bands: {} }, overrides: { cutoffHartree: 400 } },
  });
  expect((await caller.calculations.resolve({ draftId: costly.id })).blockers.map((blocker) => blocker.code)).toEqual([
    'too-much-memory',
  ]);
  const empty = await caller.drafts.create({});
  const codes = (await caller.calculations.resolve({ draftId: empty.id })).blockers.map((blocker) => blocker.code);
  expect(codes.sort()).toEqual(['no-properties', 'no-structure']);
});

test('submitting ends the draft, and a copy has its choices', async () => {
  const structureId = await importStructure(silicon);
  const { id } = await caller.drafts.create({
    data: { structureId, properties: { bands: { count: 9 } }, label: 'first' },
  });
  await expect(caller.calculations.submit({ draftId: id, version: 7 })).rejects.toMatchObject({ code: 'CONFLICT' });
  const calculation = await caller.calculations.submit({ draftId: id, version: 1 });
  expect(calculation).toMatchObject({ label: 'first', state: 'created', formula: 'Si', properties: ['bands'] });
  await expect(caller.drafts.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(caller.calculations.submit({ draftId: id, version: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const copy = await caller.drafts.copyFromCalculation({ calculationId: calculation.id });
  expect(copy.data).toMatchObject({ structureId, properties: { bands: { count: 9 } }, label: null });
});

test('calculations are listed by page and filter', async () => {
  const structureId = await importStructure(silicon);
  const labels = ['alpha one', 'alpha two', 'beta'];
  for (const label of labels) {
    const { id } = await caller.drafts.create({ data: { structureId, properties: { dos: {} }, label } });
    await caller.calculations.submit({ draftId: id, version: 1 });
  }
  const found = await caller.calculations.list({ text: 'ALPHA', limit: 1 });
  expect(found.items.map((item) => item.label)).toEqual(['alpha two']);
  const next = await caller.calculations.list({ text: 'ALPHA', limit: 1, cursor: found.nextCursor });
  expect(next.items.map((item) => item.label)).toEqual(['alpha one']);
  expect(next.nextCursor).toBeNull();
  expect((await caller.calculations.list({ formula: 'Si2', text: 'beta' })).items).toHaveLength(1);
  expect((await caller.calculations.list({ formula: 'GaAs' })).items).toEqual([]);
  expect((await caller.calculations.list({ states: ['running'] })).items).toEqual([]);
  expect((await caller.calculations.list({ states: ['created'], text: 'beta' })).items).toHaveLength(1);
  expect((await caller.calculations.list({ createdTo: new Date(Date.now() - 86_400_000) })).items).toEqual([]);
});

test('a mesh beyond all measure is a blocker and no fault', async () => {
  const structureId = await importStructure(silicon);
  const { id } = await caller.drafts.create({
    data: { structureId, properties: { bands: {} }, overrides: { mesh: [200, 200, 200] } },
  });
  const resolved = await caller.calculations.resolve({ draftId: id });
  expect(resolved.blockers[0]).toMatchObject({ step: 'properties' });
  expect(resolved.kpointCount).toBeNull();
});

test('a shift that lowers the symmetry is a warning that offers the Gamma-centred mesh', async () => {
  const structureId = await importStructure(silicon);
  const { id } = await caller.drafts.create({
    data: { structureId, properties: { bands: {} }, overrides: { mesh: [4, 4, 4], shift: [0.5, 0.5, 0.5] } },
  });
  const { warnings } = await caller.calculations.resolve({ draftId: id });
  expect(warnings.find((warning) => warning.code === 'mesh-lowers-symmetry')?.message).toContain('Gamma-centred');
});
