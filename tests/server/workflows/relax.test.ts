import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBlob } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { compute, startRealWorker } from '../engines/espresso/platform';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { endWorker, type TestWorker, untilState } from './workers';

// Whole calculations with the real kernel: on a busy machine they take their time.

let platform: TestPlatform;
let worker: TestWorker;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  worker = await startRealWorker();
});
afterAll(async () => {
  if (worker) await endWorker(worker, 'SIGTERM');
  await platform?.stop();
});

const displaced = {
  cellAngstrom: [
    [0, 2.715, 2.715],
    [2.715, 0, 2.715],
    [2.715, 2.715, 0],
  ],
  sites: [
    { element: 'Si', fractional: [0, 0, 0] },
    { element: 'Si', fractional: [0.26, 0.25, 0.25] },
  ],
};
const small = {
  structure: displaced,
  protocol: 'fast',
  electronicType: 'insulator',
  overrides: { mesh: [2, 2, 2], cutoffHartree: 8 },
};

test('a relaxation runs first, and all else is computed at the structure that it leaves', async () => {
  const properties = { bands: { stepPerAngstrom: 0.6 }, relax: { forceToleranceEvPerAngstrom: 0.05 } };
  const { id, state, jobs, results } = await compute(platform.actor, { ...small, properties });
  expect(state).toBe('finished');
  const ran = jobs.filter(({ kind }) => kind === 'job').map(({ name }) => name);
  expect(ran).toEqual(['relax-geometry', 'scf', 'bands-path']);
  const [relaxation, scf] = jobs.filter(({ kind }) => kind === 'job');
  expect(scf!.startedAt!.getTime()).toBeGreaterThanOrEqual(relaxation!.finishedAt!.getTime());

  const { relax, bands } = results.properties;
  expect(relax!.converged).toBe(true);
  expect(relax!.trajectory.length).toBeGreaterThan(1);
  // The self-consistent job found the energy at which the relaxation ended, and forces as small.
  expect(results.scf!.energyEv).toBeCloseTo(relax!.trajectory.at(-1)!.energyEv, 4);
  expect(Math.max(...results.scf!.forcesEvPerAngstrom!.flat().map(Math.abs))).toBeLessThan(0.06);
  expect(bands!.projections!.weights[0]!.length).toBe(bands!.kpoints.length);

  const caller = createCaller({ actor: platform.actor });
  const { structure, name } = await caller.structures.get({ id: relax!.structureId! });
  expect(name).toMatch(/\(relaxed\)$/);
  expect(structure.sites[1]!.position[0] - structure.sites[0]!.position[0]).toBeCloseTo(0.25, 2);

  const links = await db().link.findMany({ where: { process: { calculationId: id } }, include: { process: true } });
  const made = links.find(
    (link) => link.processId === relaxation!.id && link.name === 'structure' && link.kind === 'create',
  );
  const given = links.find((link) => link.processId === id && link.name === 'structure');
  const takenBy = (process: string, node: string) =>
    links.some((link) => link.kind === 'input' && link.process.name === process && link.dataNodeId === node);
  expect(takenBy('relax-geometry', given!.dataNodeId!)).toBe(true);
  expect(takenBy('scf', made!.dataNodeId!)).toBe(true);
  expect(takenBy('bands-path', made!.dataNodeId!)).toBe(true);

  // Run again from the density it takes the relaxed structure over, and computes there.
  const again = await caller.calculations.rerun({ id, from: 'scf', set: { 'bands.stepPerAngstrom': 0.5 } });
  expect(await untilState(again.id, ['finished', 'failed', 'killed'])).toBe('finished');
  const rerun = await db().process.findMany({
    where: { calculationId: again.id, kind: 'job' },
    include: { links: true },
  });
  const [taken, anew] = ['relax-geometry', 'scf'].map((job) => rerun.find((row) => row.name === job)!);
  expect([taken!.reusedFromId, anew!.reusedFromId]).toEqual([relaxation!.id, null]);
  expect(taken!.links.find((link) => link.name === 'structure' && link.kind === 'return')!.dataNodeId).toBe(
    made!.dataNodeId,
  );
  expect(anew!.links.find((link) => link.kind === 'input')!.dataNodeId).toBe(made!.dataNodeId);
  expect((await caller.calculations.results({ id: again.id })).scf!.energyEv).toBeCloseTo(results.scf!.energyEv!, 8);

  const events = await db().processEvent.findMany({ where: { processId: relaxation!.id } });
  const told = events.map(({ data }) => data as { progress?: { kind: string } });
  expect(told.filter(({ progress }) => progress?.kind === 'geometry').length).toBeGreaterThan(1);
});

test('a cell that moved takes its own meshes, and the results say so', async () => {
  const a = 5.62 / 2;
  const structure = {
    cellAngstrom: [
      [0, a, a],
      [a, 0, a],
      [a, a, 0],
    ],
    sites: [
      { element: 'Si', fractional: [0, 0, 0] },
      { element: 'Si', fractional: [0.25, 0.25, 0.25] },
    ],
  };
  // |b| is 1.936 1/angstrom in the given cell and about 2.0 in the relaxed one: 0.49 goes into them 4 and 5 times.
  const properties = { relax: { cell: 'full' }, dos: { distancePerAngstrom: 0.49, stepEv: 0.5 } };
  const { state, jobs, results } = await compute(platform.actor, { ...small, structure, properties });
  expect(state).toBe('finished');
  expect(results.scf!.notes[0]).toMatch(/5 × 5 × 5 k-points for the density of states \(the given one 4 × 4 × 4\)/);
  // Set by hand, the mesh of the density stays.
  expect(results.scf!.notes[0]).not.toMatch(/2 × 2 × 2|3 × 3 × 3/);
  const job = jobs.find(({ name }) => name === 'dos-mesh')!;
  const file = await db().link.findFirstOrThrow({
    where: { processId: job.id, name: 'files' },
    include: { dataNode: { include: { files: true } } },
  });
  const { sha256 } = file.dataNode!.files.find(({ name }) => name === 'input.json')!;
  const input = JSON.parse((await readBlob(sha256)).toString());
  expect([input.dos.mesh, input.kpoints.mesh]).toEqual([
    [5, 5, 5],
    [2, 2, 2],
  ]);
});

test('a relaxation alone needs no further job, and its last geometry stands for the ground state', async () => {
  const properties = { relax: { forceToleranceEvPerAngstrom: 0.05 } };
  const { state, jobs, results } = await compute(platform.actor, { ...small, properties });
  expect(state).toBe('finished');
  expect(jobs.filter(({ kind }) => kind === 'job').map(({ name }) => name)).toEqual(['relax-geometry']);
  expect(results.scf?.energyEv).toBe(results.properties.relax!.scf.energyEv);
});

test('what follows a relaxation that did not come to rest is not begun, and what it found is kept', async () => {
  const properties = { relax: { maxSteps: 1 }, bands: { stepPerAngstrom: 0.6 } };
  const { id, state, jobs, results } = await compute(platform.actor, { ...small, properties });
  expect(state).toBe('failed');
  expect(jobs.find(({ name }) => name === 'scf')!.state).toBe('killed');
  expect(results.properties.relax!.converged).toBe(false);
  expect(results.properties.relax!.structureId).not.toBeNull();
  const { exitCode, failure } = await createCaller({ actor: platform.actor }).calculations.get({ id });
  expect(exitCode).toBe(3);
  expect(failure!.message).not.toMatch(/self-consistent/);
});

test('blockers say what a relaxation or a field cannot do', async () => {
  const caller = createCaller({ actor: platform.actor });
  const refuse = async (properties: object, physics: object = {}) =>
    caller.calculations.run({ ...small, properties, ...physics } as never).then(
      () => '',
      (err: { cause?: { userMessage?: string } }) => err.cause?.userMessage ?? String(err),
    );
  expect(await refuse({ relax: { fixed: [7] } })).toMatch(/site 8 is to keep its place/);
  expect(await refuse({ volumes: { spinDensity: true } })).toMatch(/needs magnetism/);
  expect(await refuse({ volumes: { density: false } })).toMatch(/at least one/);
  const magnet = (magnetism: object) => refuse({ bands: {} }, { magnetism: { kind: 'collinear', ...magnetism } });
  expect(await magnet({ moments: [1, -1] })).toMatch(/moment of the cell must be fixed/);
  expect(await magnet({ moments: [9, 0], totalMagnetisation: 0 })).toMatch(/site 1 \(Si\) is more than its 4/);
});
