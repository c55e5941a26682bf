import { describe, expect, it } from 'vitest';
import type { PlanewaveInput, PlanewaveOutput } from '@/kernels/planewave/schema';
import { createMemoryStores } from './memory-stores';
import { runEngine } from './run-engine';

const a = 5.4 / 2;
const distorted: PlanewaveInput = {
  task: 'relax',
  structure: {
    cellAngstrom: [
      [0, a, a],
      [a, 0, a],
      [a, a, 0],
    ],
    sites: [
      { element: 'Si', fractional: [0, 0, 0] },
      { element: 'Si', fractional: [0.27, 0.24, 0.25] },
    ],
  },
  functional: 'lda-pw92',
  cutoffHartree: 8,
  kpoints: { mesh: [2, 2, 2] },
};

const last = ({ trajectory }: PlanewaveOutput) => trajectory!.at(-1)!;
const lengths = (rows: number[][]) => rows.map((row) => Math.hypot(...row));

describe('relaxing atoms', () => {
  it('ends where no force is left, at the ideal places', async () => {
    const output = await runEngine(distorted);
    expect(output.converged).toBe(true);
    const [first, second] = last(output).fractional as unknown as [number[], number[]];
    for (const [axis, x] of second.entries()) expect(x - first[axis]!).toBeCloseTo(0.25, 4);
    expect(output.trajectory!.length).toBeLessThan(12);
    output.trajectory!.slice(1).forEach(({ energyHartree }, i) => {
      expect(energyHartree).toBeLessThan(output.trajectory![i]!.energyHartree + 1e-8);
    });
  });

  it('leaves fixed atoms and axes where they are', async () => {
    const whole = await runEngine({ ...distorted, relax: { fixed: [{ site: 0 }] } });
    expect(last(whole).fractional[0]).toEqual([0, 0, 0].map((x) => expect.closeTo(x, 12)));
    const onAxis = await runEngine({
      ...distorted,
      relax: { fixed: [{ site: 0 }, { site: 1, axes: [true, false, true] }], forceToleranceHartreePerBohr: 2e-4 },
    });
    const moved = last(onAxis).fractional[1]!.map((x, i) => x - [0.27, 0.24, 0.25][i]!);
    const cartesian = [0, 1, 2].map((axis) =>
      moved.reduce((sum, f, i) => sum + f * distorted.structure.cellAngstrom![i]![axis]!, 0),
    );
    expect(cartesian[0]).toBeCloseTo(0, 10);
    expect(cartesian[2]).toBeCloseTo(0, 10);
    expect(Math.abs(cartesian[1]!)).toBeGreaterThan(1e-3);
  });

  it('goes on from its checkpoint to the same end', async () => {
    const whole = await runEngine(distorted);
    const stores = createMemoryStores();
    const abort = new AbortController();
    const failure = await runEngine(distorted, {
      signal: abort.signal,
      checkpoint: stores.checkpoint,
      onProgress: (progress) => progress.kind === 'geometry' && progress.step === 2 && abort.abort(),
    }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'StoppedError' });
    const steps: number[] = [];
    const resumed = await runEngine(distorted, {
      checkpoint: stores.checkpoint,
      onProgress: (progress) => progress.kind === 'geometry' && steps.push(progress.step),
    });
    expect(steps[0]).toBeGreaterThanOrEqual(2);
    expect(resumed.trajectory).toHaveLength(whole.trajectory!.length);
    expect(Math.abs(resumed.energyHartree! - whole.energyHartree!)).toBeLessThan(1e-9);
    expect(stores.folders.has('checkpoint')).toBe(false);
  });

  it('says how far it came where the steps are used up', async () => {
    const output = await runEngine({ ...distorted, relax: { maxSteps: 2 } });
    expect(output.converged).toBe(false);
    expect(output.trajectory).toHaveLength(2);
    expect(output.notes.join()).toMatch(/after 2 steps/);
  });
});

describe('relaxing the cell', () => {
  const strained: PlanewaveInput = {
    ...distorted,
    structure: {
      cellAngstrom: [
        [0.05, 2.75, 2.7],
        [2.78, 0, 2.66],
        [2.65, 2.8, 0],
      ],
      sites: [
        { element: 'Si', fractional: [0, 0, 0] },
        { element: 'Si', fractional: [0.25, 0.25, 0.25] },
      ],
    },
    relax: { cell: 'full' },
  };

  it('brings a distorted crystal back to its symmetry, with a pressure that is small with fresh plane waves', async () => {
    const output = await runEngine(strained);
    expect(output.converged).toBe(true);
    expect(output.resolved.spaceGroupNumber).not.toBe(227);
    const [x, y, z] = lengths(last(output).cellAngstrom) as [number, number, number];
    expect(y / x).toBeCloseTo(1, 3);
    expect(z / x).toBeCloseTo(1, 3);
    const stress = output.stressHartreePerBohr3!;
    for (const row of stress) for (const s of row) expect(Math.abs(s * 29421)).toBeLessThan(0.05);
    expect(last(output).run).toBeGreaterThan(0);
  });

  it('meets a pressure that was asked for', async () => {
    const output = await runEngine({ ...strained, relax: { cell: 'full', pressureGpa: 8 } });
    expect(output.converged).toBe(true);
    expect(last(output).pressureGpa).toBeCloseTo(8, 1);
    const free = await runEngine(strained);
    // Compressed by p/B, about 8/95.
    const ratio = volumeOf(last(output).cellAngstrom) / volumeOf(last(free).cellAngstrom);
    expect(ratio).toBeGreaterThan(0.88);
    expect(ratio).toBeLessThan(0.95);
  });

  it('changes the volume alone, or leaves fixed vectors as they are', async () => {
    const volume = await runEngine({ ...strained, relax: { cell: 'volume' } });
    const before = lengths(strained.structure.cellAngstrom as number[][]);
    const after = lengths(last(volume).cellAngstrom);
    expect(after[0]! / before[0]!).not.toBeCloseTo(1, 4);
    for (const i of [1, 2]) expect(after[i]! / before[i]!).toBeCloseTo(after[0]! / before[0]!, 8);
    const slab = await runEngine({ ...strained, relax: { cell: 'full', fixedCellAxes: [false, false, true] } });
    expect(last(slab).cellAngstrom[2]).toEqual(strained.structure.cellAngstrom![2]!.map((x) => expect.closeTo(x, 8)));
    expect(lengths(last(slab).cellAngstrom)[0]! / before[0]!).not.toBeCloseTo(1, 4);
  });
});

function volumeOf([u, v, w]: number[][]): number {
  const cross = [
    u![1]! * v![2]! - u![2]! * v![1]!,
    u![2]! * v![0]! - u![0]! * v![2]!,
    u![0]! * v![1]! - u![1]! * v![0]!,
  ];
  return Math.abs(cross.reduce((sum, x, i) => sum + x * w![i]!, 0));
}
