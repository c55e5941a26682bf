import { afterAll, describe, expect, test } from 'vitest';
import { HARTREE_EV } from '@/kernels/core/constants';
import type { StructureInput } from '@/kernels/crystal/schema';
import type { PlanewaveOutput } from '@/kernels/planewave/schema';
import { runKernel } from '@/scripts/run-kernel.mjs';
import type { Task } from '@/server/engines/engine';
import { explain } from '@/server/engines/espresso/explain';
import type { BandsResult, DosResult, RelaxResult, ScfResult, VolumesResult } from '@/server/schemas/results';
import { isFullRun } from '../../../full-run';
import { ensurePrograms } from '../../programs';
import { derivedValue, makeContext } from '../context';
import { hasEspresso } from './platform';
import { removeRuns, runTask, type TaskRun } from './run-task';

if (hasEspresso) await ensurePrograms();
afterAll(removeRuns);

const mesh = (n: number) => derivedValue<[number, number, number]>([n, n, n]);
const resultOf = async <Value>(run: TaskRun) => {
  expect(run.exitCode, run.stderr).toBe(0);
  return (await run.result()).value as Value;
};
const bcc = (a: number) => [
  [-a / 2, a / 2, a / 2],
  [a / 2, -a / 2, a / 2],
  [a / 2, a / 2, -a / 2],
];
const fcc = (a: number) => [
  [0, a / 2, a / 2],
  [a / 2, 0, a / 2],
  [a / 2, a / 2, 0],
];
const insulator = { engine: 'espresso', electronicType: 'insulator' };
const iron = {
  structure: {
    cellAngstrom: bcc(2.866),
    sites: [{ element: 'Fe', fractional: [0, 0, 0], momentBohrMagneton: 3 }],
  } as never,
  draft: { engine: 'espresso', electronicType: 'metal', magnetism: { kind: 'collinear' } },
  resolved: { cutoffHartree: derivedValue(25), mesh: mesh(4) },
};

describe.skipIf(!hasEspresso)('pw.x and its companions', () => {
  test('iron: moment, orbitals along a path and by energy, and fields', async () => {
    const context = await makeContext({}, iron);
    const run = runTask({ kind: 'scf' }, context);
    const scf = await resultOf<ScfResult>(run);
    expect(scf.totalMagnetisation).toBeGreaterThan(1.2);
    expect(scf.sites![0]!.momentBohrMagneton).toBeGreaterThan(1.2);
    expect(scf.siteMethod).toBe('integrated-spheres');
    expect(Object.keys(run.density)).not.toContain('wfcup1.dat');

    const next = { ...context, density: run.density };
    const points = [
      { fractional: [0, 0, 0] as [number, number, number], label: 'Γ' },
      { fractional: [0.25, 0.25, 0.25] as [number, number, number] },
    ];
    const path: Task = { kind: 'bands', points, segments: [[0, 1]], note: null, count: null, projections: true };
    const pathRun = runTask(path, { ...next, jobName: 'bands-path' });
    const bands = await resultOf<BandsResult>(pathRun);
    // The table of bands.x agrees to its four decimals; its first two columns are distance and energy, band after band.
    const table = pathRun.read('bands-2.dat.gnu').trim().split(/\s+/).map(Number);
    expect(table[1]).toBeCloseTo(bands.energiesEv[1]![0]![0]!, 3);
    expect(bands.energiesEv.map((spin) => spin.length)).toEqual([2, 2]);
    const { orbitals, weights } = bands.projections!;
    // 3s, 4s, 3p, 3d; of p and d in pw.x's order, by our numbers.
    expect(orbitals.map(({ n, l, m }) => `${n}${'spd'[l]}${m}`)).toEqual([
      '3s0',
      '4s0',
      '3p1',
      '3p2',
      '3p0',
      '3d2',
      '3d3',
      '3d1',
      '3d4',
      '3d0',
    ]);
    const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
    // The six lowest bands at the centre are s, p and the first d states.
    for (const spin of weights) for (const band of spin[0]!.slice(0, 6)) expect(sum(band)).toBeGreaterThan(0.85);
    // The threefold d level above belongs to xy, yz and xz alone: m = 0, 1 and 3.
    const level = sum(
      [5, 6, 7].flatMap((band) =>
        orbitals.map(({ l, m }, o) => (l === 2 && [0, 1, 3].includes(m) ? weights[0]![0]![band]![o]! : 0)),
      ),
    );
    expect(level).toBeGreaterThan(2.5);

    const byEnergy: Task = {
      kind: 'dos',
      mesh: [4, 4, 4],
      method: 'gaussian',
      widthEv: 0.3,
      stepEv: 0.1,
      count: null,
      projections: true,
    };
    const dos = await resultOf<DosResult>(runTask(byEnergy, { ...next, jobName: 'dos-mesh' }));
    expect(dos.projections!.charges[0]![0]! - dos.projections!.charges[1]![0]!).toBeCloseTo(scf.totalMagnetisation!, 0);
    expect(dos.projections!.spilling).toBeLessThan(0.1);
    // The orbitals of 16 electrons hold what the total does, but for what spills.
    const total = dos.statesPerEv.map((states) => states[dos.energiesEv.findIndex((e) => e > dos.fermiEv)]!);
    const parts = dos.projections!.statesPerEv.map((spin) =>
      sum(spin.map((states) => states[dos.energiesEv.findIndex((e) => e > dos.fermiEv)]!)),
    );
    for (const spin of [0, 1]) expect(parts[spin]! / total[spin]!).toBeGreaterThan(0.8);

    const quantities = [
      { quantity: 'density' as const },
      { quantity: 'spin-density' as const },
      { quantity: 'orbital' as const, band: 5, spin: 'down' as const },
    ];
    const { volumes } = await resultOf<VolumesResult>(
      runTask({ kind: 'volumes', quantities }, { ...next, jobName: 'volumes' }),
    );
    expect(volumes.map(({ quantity }) => quantity)).toEqual(['density', 'spin-density', 'orbital']);
    expect(volumes[0]!.minimum).toBeGreaterThan(0);
    expect(volumes[1]!.maximum).toBeGreaterThan(0.1);
    // Fields of the density need no run of pw.x.
    const fields = runTask(
      { kind: 'volumes', quantities: [{ quantity: 'local-potential' }] },
      { ...next, jobName: 'volumes' },
    );
    expect((await resultOf<VolumesResult>(fields)).volumes[0]!.minimum).toBeLessThan(-1);
    expect(fields.read('job.json')).not.toContain('pw.x');
  });

  test('Hubbard U raises the energy and adds its term, and its occupations reach the bands', async () => {
    const context = await makeContext(
      {},
      { ...iron, draft: { ...iron.draft, hubbard: [{ element: 'Fe', manifold: '3d', uEv: 3 }] } },
    );
    const run = runTask({ kind: 'scf' }, context);
    const scf = await resultOf<ScfResult>(run);
    expect(scf.termsEv!.hubbard).toBeGreaterThan(0.5);
    expect(scf.stressGpa).toBeDefined();
    expect(Object.keys(run.density)).toContain('occup.txt');
    const points = [{ fractional: [0, 0, 0] as [number, number, number] }];
    const path: Task = { kind: 'bands', points, segments: [[0, 0]], note: null, count: null, projections: false };
    await resultOf<BandsResult>(runTask(path, { ...context, jobName: 'bands-path', density: run.density }));
  });

  test('oxygen with two unpaired electrons has a gap between its spins', async () => {
    const context = await makeContext(
      {},
      {
        structure: {
          cellAngstrom: [
            [5, 0, 0],
            [0, 5.1, 0],
            [0, 0, 5.2],
          ],
          sites: [
            { element: 'O', fractional: [0, 0, 0] },
            { element: 'O', fractional: [0.24, 0, 0] },
          ],
        } as never,
        draft: { ...insulator, magnetism: { kind: 'collinear', moments: [1, 1], totalMagnetisation: 2 } },
        resolved: { cutoffHartree: derivedValue(20), mesh: mesh(1) },
      },
    );
    const { gap, totalMagnetisation, fermiSpinEv } = await resultOf<ScfResult>(runTask({ kind: 'scf' }, context));
    expect(totalMagnetisation).toBeCloseTo(2, 6);
    expect(fermiSpinEv![0]).toBeGreaterThan(fermiSpinEv![1]);
    // Seven of spin up and five of spin down are filled; the next of spin down is the lowest empty one.
    expect([gap.valence!.band, gap.conduction!.band]).toEqual([6, 5]);
    expect(gap.gapEv).toBeGreaterThan(1);
  });

  test.each(['fixed', 'full'] as const)(
    'silicon relaxes with a cell that is %s, telling every geometry',
    async (cell) => {
      const structure = {
        cellAngstrom: fcc(5.4),
        sites: [
          { element: 'Si', fractional: [0, 0, 0] },
          { element: 'Si', fractional: [0.26, 0.25, 0.25] },
        ],
      } as never;
      const task: Task = {
        ...{ kind: 'relax', cell, pressureGpa: 0, fixed: [{ site: 0 }], fixedCellAxes: [false, false, false] },
        ...{ forceToleranceEvPerAngstrom: 0.01, maxSteps: 50 },
      };
      const run = runTask(task, await makeContext({}, { structure, draft: insulator }));
      const { converged, trajectory, scf } = await resultOf<RelaxResult>(run);
      expect(converged).toBe(true);
      expect(trajectory[0]!.largestForceEvPerAngstrom).toBeGreaterThan(0.3);
      expect(trajectory.at(-1)!.largestForceEvPerAngstrom).toBeLessThan(0.02);
      for (const x of trajectory.at(-1)!.fractional[1]!) expect(x).toBeCloseTo(0.25, 2);
      expect(trajectory.every(({ pressureGpa }) => pressureGpa !== null)).toBe(true);
      const runs = trajectory.map((step) => step.run);
      expect(runs).toEqual([...runs].sort((a, b) => a - b));
      // Each run but the last tells its end, with which the next begins.
      const told = run.read('progress.jsonl').match(/"geometry"/g);
      expect(told).toHaveLength(trajectory.length + Math.max(0, runs.at(-1)! - 1));
      if (cell === 'fixed') return;
      expect(Math.abs(scf.pressureGpa!)).toBeLessThan(0.05);
      expect(trajectory.at(-1)!.pressureGpa).toBe(scf.pressureGpa);
    },
  );

  test('a cell far from its end is relaxed again until its pressure is small with its own plane waves', async () => {
    const structure = {
      cellAngstrom: fcc(5.65),
      sites: [
        { element: 'Si', fractional: [0, 0, 0] },
        { element: 'Si', fractional: [0.25, 0.25, 0.25] },
      ],
    } as never;
    const task: Task = {
      ...{ kind: 'relax', cell: 'full', pressureGpa: 0, fixed: [], fixedCellAxes: [false, false, false] },
      ...{ forceToleranceEvPerAngstrom: 0.01, maxSteps: 50 },
    };
    const resolved = { cutoffHartree: derivedValue(7), fftGrid: mesh(20) };
    const run = runTask(task, await makeContext({}, { structure, draft: insulator, resolved }));
    const { converged, trajectory, scf, spaceGroup } = await resultOf<RelaxResult>(run);
    // The first run ends where the pressure vanishes with the plane waves of the first cell.
    const firstOfSecond = trajectory.find((step) => step.run === 1)!;
    expect(Math.abs(firstOfSecond.pressureGpa!)).toBeGreaterThan(0.1);
    expect(trajectory.at(-1)!.run).toBeGreaterThanOrEqual(2);
    expect(trajectory.map(({ step }) => step)).toEqual(trajectory.map((_, i) => i));
    expect(run.read('progress.jsonl')).toContain('begins again from there');
    expect(converged).toBe(true);
    expect(Math.abs(scf.pressureGpa!)).toBeLessThan(0.05);
    expect(spaceGroup).toEqual({ before: 227, after: 227 });

    // With no steps left for another run it says so.
    const short = runTask(
      { ...task, maxSteps: trajectory.filter((step) => step.run === 0).length },
      await makeContext({}, { structure, draft: insulator, resolved }),
    );
    expect(short.exitCode, short.stderr).toBe(3);
    expect(explain(short.exitCode, short.stderr)).toMatchObject({ code: 'relaxation-not-converged' });
    expect(((await short.result()).value as RelaxResult).converged).toBe(false);
  });

  const graphite: StructureInput = {
    cellAngstrom: [
      [2.46, 0, 0],
      [-1.23, 2.1304, 0],
      [0, 0, 3.35],
    ],
    sites: [
      { element: 'C', fractional: [0, 0, 0] },
      { element: 'C', fractional: [0.333333333, 0.666666667, 0] },
    ],
  };
  // The last makes a table of its kernel first, which takes minutes on a busy machine.
  test.each(['d2', 'd3bj', 'rvv10', ...(isFullRun ? ['d3', 'vdw-df2-c09'] : [])])(
    'graphite is bound by %s',
    async (dispersion) => {
      const context = await makeContext(
        { timeLimitSeconds: 1200 },
        {
          structure: graphite,
          draft: { engine: 'espresso', electronicType: 'metal', dispersion },
          resolved: { cutoffHartree: derivedValue(15), mesh: mesh(2) },
        },
      );
      const { termsEv, converged } = await resultOf<ScfResult>(runTask({ kind: 'scf' }, context));
      expect(converged).toBe(true);
      if (dispersion.startsWith('d')) expect(termsEv!.dispersion).toBeLessThan(-0.01);
      if (dispersion !== 'd3bj') return;
      // The term depends on the geometry alone: the embedded engine has the same.
      const own = runKernel({
        ...{ task: 'scf', structure: graphite, functional: 'pbe', cutoffHartree: 5, kpoints: { mesh: [1, 1, 1] } },
        ...{ dispersion, occupations: { scheme: 'gaussian', widthHartree: 0.05 } },
      }) as PlanewaveOutput;
      expect(Math.abs(termsEv!.dispersion! / HARTREE_EV - own.termsHartree!.dispersion!)).toBeLessThan(1e-6);
    },
  );
});

describe.skipIf(!hasEspresso)('a run that fails', () => {
  const change = (from: RegExp, to: string) => (files: Record<string, string>) => ({
    ...files,
    'pw.in': files['pw.in']!.replace(from, to),
  });

  test('is started again with gentler mixing where it did not converge, and says so', async () => {
    const context = await makeContext({}, { draft: insulator });
    const run = runTask({ kind: 'scf' }, context, change(/electron_maxstep = \d+/, 'electron_maxstep = 3'));
    const { converged, notes } = await resultOf<ScfResult>(run);
    expect(converged).toBe(true);
    expect(notes).toEqual([expect.stringContaining('did not converge')]);
    expect(run.read('progress.jsonl')).toContain('less mixing');
    expect(run.read('pw-1.in')).toContain('electron_maxstep = 3');
    expect(run.read('pw.in')).toContain('electron_maxstep = 200');
  });

  test('of a relaxation that has no steps left keeps its geometries', async () => {
    const structure = {
      cellAngstrom: fcc(5.4),
      sites: [
        { element: 'Si', fractional: [0, 0, 0] },
        { element: 'Si', fractional: [0.27, 0.25, 0.25] },
      ],
    } as never;
    const task: Task = {
      ...{ kind: 'relax', cell: 'fixed', pressureGpa: 0, fixed: [], fixedCellAxes: [false, false, false] },
      ...{ forceToleranceEvPerAngstrom: 0.001, maxSteps: 1 },
    };
    const run = runTask(task, await makeContext({}, { structure, draft: insulator }));
    expect(run.exitCode).toBe(3);
    expect(((await run.result()).value as RelaxResult).converged).toBe(false);
    expect(explain(run.exitCode, run.stderr).code).toBe('relaxation-not-converged');
  });

  test.each([
    ['bad-input', change(/ecutrho/, 'ecutrhoo')],
    ['too-few-bands', change(/nbnd = \d+/, 'nbnd = 2')],
    ['bravais', change(/ibrav = 0/, 'ibrav = 2')],
    ['walltime', change(/max_seconds = \d+/, 'max_seconds = 0')],
    ['pseudopotential', (files: Record<string, string>) => ({ ...files, 'Si.upf': 'rubbish' })],
    [
      'not-installed',
      (files: Record<string, string>) => ({
        ...files,
        'job.json': files['job.json']!.replace('"pw.x"', '"pw-of-nobody.x"'),
      }),
    ],
  ])('is known as %s', async (code, changeFiles) => {
    const run = runTask({ kind: 'scf' }, await makeContext({}, { draft: insulator }), changeFiles);
    expect(run.exitCode).toBe(1);
    const failure = explain(run.exitCode, run.stderr);
    expect(failure.code).toBe(code);
    expect(failure.advice).not.toBeNull();
  });

  test('of a metal without smearing says what to choose', async () => {
    const structure = { cellAngstrom: fcc(4.05), sites: [{ element: 'Al', fractional: [0, 0, 0] }] } as never;
    const run = runTask({ kind: 'scf' }, await makeContext({}, { structure, draft: insulator }));
    expect(explain(run.exitCode, run.stderr)).toMatchObject({ code: 'smearing-needed' });
  });
});
