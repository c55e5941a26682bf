import { describe, expect, it } from 'vitest';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import { createMemoryStores } from './memory-stores';
import { runEngine, silicon } from './run-engine';

const input: PlanewaveInput = {
  task: 'bands',
  structure: silicon,
  functional: 'lda-pw92',
  cutoffHartree: 6,
  kpoints: { mesh: [2, 2, 2] },
  bands: { kpoints: [0, 0.1, 0.2, 0.3, 0.4, 0.5].map((x) => ({ fractional: [x, 0, x] as [number, number, number] })) },
};

/** Stops the run at the first progress that `when` accepts, and returns what it threw. */
async function stopAt(when: (kind: string, count: number) => boolean, stores = createMemoryStores()) {
  const abort = new AbortController();
  let count = 0;
  const failure = await runEngine(input, {
    signal: abort.signal,
    checkpoint: stores.checkpoint,
    onProgress: ({ kind }) => {
      if (when(kind, ++count)) abort.abort();
    },
  }).catch((error: unknown) => error);
  return { failure, stores };
}

describe('a run that was stopped', () => {
  it('writes its checkpoint, and the next one goes on to the same result', async () => {
    const whole = await runEngine(input);
    let scfSteps = 0;
    const { failure, stores } = await stopAt((kind) => kind === 'scf' && ++scfSteps === 4);
    expect(failure).toMatchObject({ name: 'StoppedError' });
    const resumed = await runEngine(input, { checkpoint: stores.checkpoint });
    expect(resumed.iterations.length).toBeLessThan(whole.iterations.length);
    expect(stores.folders.has('checkpoint')).toBe(false);
    expect(Math.abs(resumed.energyHartree! - whole.energyHartree!)).toBeLessThan(1e-10);
    const expected = whole.eigenvalues.valuesHartree[0]!.flat();
    for (const [i, e] of resumed.eigenvalues.valuesHartree[0]!.flat().entries()) {
      expect(Math.abs(e - expected[i]!)).toBeLessThan(1e-7);
    }
  });

  it('does not solve again the points of a path that were done', async () => {
    let points = 0;
    const { failure, stores } = await stopAt((kind) => kind === 'kpoint' && ++points === 3);
    expect(failure).toMatchObject({ name: 'StoppedError' });
    const counts: number[] = [];
    await runEngine(input, {
      checkpoint: stores.checkpoint,
      onProgress: (progress) => progress.kind === 'kpoint' && counts.push(progress.done),
    });
    expect(counts[0]).toBeGreaterThanOrEqual(3);
    expect(counts.at(-1)).toBe(6);
  });

  it('does not take the checkpoint of another input', async () => {
    let scfSteps = 0;
    const { stores } = await stopAt((kind) => kind === 'scf' && ++scfSteps === 4);
    const other = await runEngine({ ...input, functional: 'pbe' }, { checkpoint: stores.checkpoint });
    const fresh = await runEngine({ ...input, functional: 'pbe' });
    expect(other.iterations.length).toBe(fresh.iterations.length);
  });
});
