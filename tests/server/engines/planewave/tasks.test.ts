import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StructureInput } from '@/kernels/crystal/schema';
import type { Task, TaskContext, TaskResult } from '@/server/engines/engine';
import { prepare } from '@/server/engines/planewave/prepare';
import {
  bandsResultSchema,
  dosResultSchema,
  relaxResultSchema,
  scfResultSchema,
  volumesResultSchema,
} from '@/server/schemas/results';
import { ensurePrograms } from '../../programs';
import { silicon } from '../../workflows/workers';
import { type ContextOptions, derivedValue, makeContext } from '../context';
import { removeRuns, runTask } from './run-task';

beforeAll(async () => {
  await ensurePrograms();
  process.env.BRINE_KERNEL = resolve('dist/kernel.mjs');
});
afterAll(removeRuns);

const contextOf = (options: ContextOptions = {}, change: Partial<TaskContext> = {}) =>
  makeContext({ backend: 'wasm', ...change }, options);
const inputOf = async (task: Task, options: ContextOptions) =>
  JSON.parse(prepare(task, await contextOf(options)).files['input.json']!);
const partOf = <Kind extends TaskResult['kind']>(result: TaskResult, kind: Kind) => {
  if (result.kind !== kind) throw new Error(`a result of ${result.kind}`);
  return result.value as Extract<TaskResult, { kind: Kind }>['value'];
};

const displaced: StructureInput = {
  ...(structuredClone(silicon) as unknown as StructureInput),
  sites: [
    { element: 'Si', fractional: [0, 0, 0] },
    { element: 'Si', fractional: [0.26, 0.25, 0.25] },
  ],
};
/** A dimer of hydrogen in a box. */
const hydrogen = (periodic: [boolean, boolean, boolean]): StructureInput => ({
  periodic,
  cellAngstrom: [
    [6, 0, 0],
    [0, 6, 0],
    [0, 0, 14],
  ],
  sites: [
    { element: 'H', fractional: [0, 0, 0] },
    { element: 'H', fractional: [0.125, 0, 0] },
  ],
});

test('spin, moments, dispersion and charge reach the kernel, and what is not asked for stays away', async () => {
  const plain = await inputOf({ kind: 'scf' }, {});
  for (const key of ['spin', 'dispersion', 'charge', 'boundaries']) expect(plain).not.toHaveProperty(key);
  const magnetism = { kind: 'collinear', moments: [2, -2], totalMagnetisation: 0 };
  const draft = { magnetism, dispersion: 'd3bj', charge: 1 };
  const input = await inputOf({ kind: 'scf' }, { draft });
  expect(input).toMatchObject({ spin: { kind: 'collinear', totalMagnetisation: 0 }, dispersion: 'd3bj', charge: 1 });
  expect(input.structure.sites.map((site: { momentBohrMagneton: number }) => site.momentBohrMagneton)).toEqual([2, -2]);
});

test('a layer is computed as a slab, a molecule alone and without stress', async () => {
  const slab = await inputOf({ kind: 'scf' }, { structure: hydrogen([true, true, false]) });
  expect(slab).toMatchObject({ boundaries: 'slab', stress: true });
  const molecule = await inputOf({ kind: 'scf' }, { structure: hydrogen([false, false, false]) });
  expect(molecule).toMatchObject({ boundaries: 'isolated', stress: false });
});

test('a ground state gives forces and stress, bands their orbitals and masses, the density of states its shares', async () => {
  const base = await contextOf();
  const scf = await runTask({ kind: 'scf' }, base);
  const ground = scfResultSchema.parse(partOf(scf.result, 'scf'));
  expect(ground.forcesEvPerAngstrom).toHaveLength(2);
  expect(ground.pressureGpa).toBeCloseTo(
    -(ground.stressGpa![0][0] + ground.stressGpa![1][1] + ground.stressGpa![2][2]) / 3,
    9,
  );
  const context = { ...base, density: scf.density };
  const points = Array.from({ length: 13 }, (_, i) => ({
    fractional: [i / 24, 0, i / 24] as [number, number, number],
    ...(i === 0 ? { label: 'Γ' } : i === 12 ? { label: 'X' } : {}),
  }));
  const bandsTask = { kind: 'bands', points, segments: [[0, 12]], note: null, count: 8, projections: true } as const;
  const bands = bandsResultSchema.parse(
    partOf((await runTask({ ...bandsTask, segments: [[0, 12]] }, context)).result, 'bands'),
  );
  const { orbitals, weights } = bands.projections!;
  expect(orbitals.map(({ site, l }) => [site, l])).toContainEqual([1, 1]);
  expect([weights.length, weights[0]!.length, weights[0]![0]!.length, weights[0]![0]![0]!.length]).toEqual([
    1,
    13,
    8,
    orbitals.length,
  ]);
  // The lowest state at Gamma is made of s alone.
  const lowest = weights[0]![0]![0]!;
  const ofS = orbitals.reduce((sum, { l }, i) => sum + (l === 0 ? lowest[i]! : 0), 0);
  expect(ofS).toBeGreaterThan(0.9);
  expect(bands.effectiveMasses?.some(({ edge, mass }) => edge === 'valence' && mass < 0)).toBe(true);
  const dosTask = { kind: 'dos', mesh: [3, 3, 3], method: 'gaussian', widthEv: 0.3, stepEv: 0.1, count: 8 } as const;
  const dos = dosResultSchema.parse(
    partOf((await runTask({ ...dosTask, mesh: [3, 3, 3], projections: true }, context)).result, 'dos'),
  );
  const shares = dos.projections!.statesPerEv[0]!;
  expect(shares).toHaveLength(orbitals.length);
  const at = dos.energiesEv.findIndex((energy) => energy > dos.zeroEv - 3);
  const sum = shares.reduce((total, curve) => total + curve[at]!, 0);
  expect(sum).toBeGreaterThan(0.8 * dos.statesPerEv[0]![at]!);
  expect(sum).toBeLessThan(1.001 * dos.statesPerEv[0]![at]!);
});

test('a relaxation gives its way: the largest force falls and the atoms return', async () => {
  const context = await contextOf({ structure: displaced });
  const task: Task = {
    ...{ kind: 'relax', cell: 'fixed', pressureGpa: 0, fixed: [], fixedCellAxes: [false, false, false] },
    ...{ forceToleranceEvPerAngstrom: 0.02, maxSteps: 20 },
  };
  const { result } = await runTask(task, context);
  const { converged, trajectory, scf } = relaxResultSchema.parse(partOf(result, 'relax'));
  expect(converged).toBe(true);
  expect(trajectory.length).toBeGreaterThan(1);
  expect(trajectory.at(-1)!.largestForceEvPerAngstrom).toBeLessThan(0.02);
  expect(trajectory[0]!.pressureGpa).not.toBeNull();
  const [a, b] = trajectory.at(-1)!.fractional;
  expect(b![0] - a![0]).toBeCloseTo(0.25, 2);
  expect(scf.forcesEvPerAngstrom).toHaveLength(2);
});

test('spin up and down stay apart in every result, and fields are left as files', async () => {
  const structure: StructureInput = {
    ...hydrogen([true, true, true]),
    sites: [{ element: 'H', fractional: [0, 0, 0], momentBohrMagneton: 1 }],
    cellAngstrom: [
      [4, 0, 0],
      [0, 4, 0],
      [0, 0, 4],
    ],
  };
  const draft = { magnetism: { kind: 'collinear', moments: [1], totalMagnetisation: null } };
  const resolved = {
    mesh: derivedValue<[number, number, number]>([1, 1, 1]),
    // A single atom converges slowly to the end, and the end is not what is asked here.
    energyToleranceHartreePerAtom: derivedValue(1e-6),
  };
  const base = await contextOf({ structure, draft, resolved });
  const scf = await runTask({ kind: 'scf' }, base);
  const ground = scfResultSchema.parse(partOf(scf.result, 'scf'));
  expect(ground.totalMagnetisation).toBeCloseTo(1, 1);
  expect(ground.siteMethod).toBe('hirshfeld');
  const task: Task = {
    kind: 'volumes',
    quantities: [
      { quantity: 'density' },
      { quantity: 'spin-density' },
      { quantity: 'orbital', kpoint: [0, 0, 0], band: 0 },
    ],
  };
  const { result, folder } = await runTask(task, { ...base, density: scf.density });
  const { volumes } = volumesResultSchema.parse(partOf(result, 'volumes'));
  expect(volumes.map(({ quantity }) => quantity)).toEqual(['density', 'spin-density', 'orbital']);
  for (const { cube, npy } of volumes)
    expect([cube, npy!].map((name) => existsSync(join(folder, name)))).toEqual([true, true]);
});
