import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaller } from '@/server/routers';
import type { CalculationResults } from '@/server/schemas/calculation';
import { isFullRun } from '../../full-run';
import { compute, hasEspresso, startRealWorker } from '../engines/espresso/platform';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { endWorker, type TestWorker } from './workers';

let platform: TestPlatform;
let worker: TestWorker | null = null;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  worker = await startRealWorker();
});
afterAll(async () => {
  if (worker) await endWorker(worker, 'SIGKILL');
  await platform?.stop();
});

/** Boron nitride, layer upon layer (AA') at this distance; `layers` 1 has the same layer again and again. */
const boronNitride = (distance: number, layers: 1 | 2 = 1) => ({
  cellAngstrom: [
    [2.504, 0, 0],
    [-1.252, 2.1685, 0],
    [0, 0, layers * distance],
  ],
  sites: (layers === 1
    ? [['B', 'N', 0]]
    : [
        ['B', 'N', 0.25],
        ['N', 'B', 0.75],
      ]
  ).flatMap(([first, second, z]) => [
    { element: first, fractional: [1 / 3, 2 / 3, z] },
    { element: second, fractional: [2 / 3, 1 / 3, z] },
  ]),
});
const file = (structure: object, more: object = {}) => ({
  ...{ structure, properties: { exfoliation: {} }, protocol: 'fast', electronicType: 'insulator' },
  ...{ overrides: { cutoffHartree: 30, mesh: [4, 4, 1] }, useCache: true, resources: { cores: 2 }, ...more },
});

async function exfoliationOf(input: object) {
  const { id, state, results } = await compute(platform.actor, input as never);
  expect(state).toBe('finished');
  const { scf, properties } = results as unknown as CalculationResults;
  return { id, scf: scf!, ...properties.exfoliation! };
}

test('layers that are far apart cost nothing to part, though one is repeated and the other alone', async () => {
  // What is left is that of a finite basis, whose waves along the normal depend on the height of the cell: 0.3 at 30 Ha, 0.04 at 50.
  const { id, scf, layers, ...far } = await exfoliationOf(
    file(boronNitride(14), { overrides: { cutoffHartree: 50, mesh: [4, 4, 1] } }),
  );
  expect(far.crystalEnergyEv).toBeCloseTo(scf.energyZeroWidthEv ?? scf.energyEv!, 12);
  expect(layers).toEqual([expect.objectContaining({ formula: 'BN', atoms: 2, copies: 1, converged: true })]);
  expect(far.areaAngstrom2).toBeCloseTo(2.504 * 2.1685, 9);
  expect(Math.abs(far.energyMevPerAngstrom2!)).toBeLessThan(0.1);
  expect([far.verdict, far.limits]).toEqual([null, null]);

  const caller = createCaller({ actor: platform.actor });
  const { tree } = await caller.calculations.get({ id });
  const jobs = tree.children.find(({ name }) => name === 'exfoliation')!.children;
  expect(jobs.map(({ name }) => name)).toEqual(['exfoliation-layer-1', 'exfoliation-combined']);
  const { items } = await caller.provenance.neighbours({ id: jobs[1]!.id, direction: 'in' });
  expect(items.filter(({ type }) => type === 'data')).toHaveLength(2);
});

test('a dispersion holds the layers of boron nitride, of which both are the same', async () => {
  const near = await exfoliationOf(
    file(boronNitride(3.33, 2), { dispersion: 'd3bj', overrides: { cutoffHartree: 30, mesh: [4, 4, 2] } }),
  );
  expect(near.layers).toEqual([expect.objectContaining({ copies: 2, atoms: 2 })]);
  expect(near.energyMevPerAngstrom2! * near.areaAngstrom2).toBeCloseTo(4 * near.energyMevPerAtom!, 9);
  // PBE with D3(BJ) binds layers of boron nitride by some 20 meV/angstrom^2; RPA by 14.5 (Björkman et al., PRL 108, 235502 (2012)).
  expect(near.energyMevPerAngstrom2).toBeGreaterThan(12);
  expect(near.energyMevPerAngstrom2).toBeLessThan(30);
});

test.skipIf(!hasEspresso || !isFullRun)('Quantum ESPRESSO finds the same, and rVV10 gives a verdict', async () => {
  const input = file(boronNitride(3.33, 2), { dispersion: 'd3bj', overrides: { cutoffHartree: 45, mesh: [4, 4, 2] } });
  const ours = await exfoliationOf(input);
  const theirs = await exfoliationOf({ ...input, engine: 'espresso' });
  expect(Math.abs(theirs.energyMevPerAngstrom2! - ours.energyMevPerAngstrom2!)).toBeLessThan(0.3);
  const known = await exfoliationOf({ ...input, engine: 'espresso', dispersion: 'rvv10' });
  expect(known.limits).toEqual({ easyBelow: 35, possibleBelow: 120 });
  expect(known.verdict).toBe('easily');
});

test('a crystal without layers is refused, and so is a fixed moment', async () => {
  const caller = createCaller({ actor: platform.actor });
  const half = 2.715;
  const silicon = {
    cellAngstrom: [
      [0, half, half],
      [half, 0, half],
      [half, half, 0],
    ],
    sites: [
      { element: 'Si', fractional: [0, 0, 0] },
      { element: 'Si', fractional: [0.25, 0.25, 0.25] },
    ],
  };
  await expect(caller.calculations.run(file(silicon) as never)).rejects.toThrow(/does not consist of layers/);
  const magnetism = { kind: 'collinear', totalMagnetisation: 2 };
  await expect(caller.calculations.run(file(boronNitride(3.33), { magnetism }) as never)).rejects.toThrow(
    /fixed moment/,
  );
});
