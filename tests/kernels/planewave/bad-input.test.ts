import { describe, expect, it } from 'vitest';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import { runEngine, silicon } from './run-engine';

const base: PlanewaveInput = {
  task: 'scf',
  structure: silicon,
  functional: 'lda-pw92',
  cutoffHartree: 4,
  kpoints: { mesh: [1, 1, 1] },
};
const sites = (...list: [string, [number, number, number]][]) =>
  list.map(([element, fractional]) => ({ element, fractional }));
const box = (length: number) =>
  [
    [length, 0, 0],
    [0, length, 0],
    [0, 0, length],
  ] as NonNullable<PlanewaveInput['structure']['cellAngstrom']>;

describe('bad input is refused with a code and a sentence', () => {
  it.each<[string, Partial<PlanewaveInput> | Record<string, unknown>, RegExp, string]>([
    [
      'overlapping atoms',
      { structure: { ...silicon, sites: sites(['Si', [0, 0, 0]], ['Si', [0.05, 0, 0]]) } },
      /0\.5/,
      'overlap',
    ],
    [
      'a cell without volume',
      {
        structure: {
          cellAngstrom: [
            [1, 0, 0],
            [2, 0, 0],
            [0, 0, 1],
          ],
          sites: sites(['Si', [0, 0, 0]]),
        },
      },
      /volume/,
      'zero-volume',
    ],
    [
      'partial occupancies',
      {
        structure: {
          cellAngstrom: box(4),
          sites: [{ species: [{ element: 'Si', concentration: 0.5 }], fractional: [0, 0, 0] }],
        },
      },
      /occup/i,
      '',
    ],
    [
      'an element beyond the family',
      { structure: { cellAngstrom: box(4), sites: sites(['Pu', [0, 0, 0]]) } },
      /Pu/,
      'pseudopotential-missing',
    ],
    ['no cell', { structure: { sites: [{ element: 'H', cartesianAngstrom: [0, 0, 0] }] } }, /box/, 'no-cell'],
    [
      'an odd number of electrons without smearing',
      { structure: { cellAngstrom: box(4), sites: sites(['Al', [0, 0, 0]]) } },
      /even number/,
      'odd-electrons',
    ],
    ['a cutoff that needs more memory than there is', { cutoffHartree: 200_000 }, /GB of memory/, 'memory'],
    ['a grid that is too coarse', { fftGrid: [8, 8, 8] }, /too coarse/, 'grid-too-coarse'],
    ['a grid with a factor of 7', { fftGrid: [28, 28, 28] }, /2, 3 and 5/, 'grid-factors'],
    ['a negative cutoff', { cutoffHartree: -1 }, /cutoffHartree/, 'input-invalid'],
    ['smearing without width', { occupations: { scheme: 'cold' } }, /widthHartree/, 'input-invalid'],
    ['too few bands', { bands: { count: 2 } }, /at least 4/, 'bands-too-few'],
    ['a path that is missing', { task: 'bands' }, /path/, 'bands-without-path'],
    ['collinear spin, which this version cannot', { spin: { kind: 'collinear' } }, /spin/, 'spin-unavailable'],
    [
      'a start that is not there',
      { task: 'bands', bands: { kpoints: [{ fractional: [0, 0, 0] }] }, start: { from: 'nowhere' } },
      /nowhere/,
      'start-missing',
    ],
  ])('%s', async (_name, change, message, code) => {
    const failure = await runEngine({ ...base, ...change } as PlanewaveInput).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ name: 'KernelError' });
    expect((failure as Error).message).toMatch(message);
    if (code) expect((failure as { code: string }).code).toBe(code);
  });
});

describe('a calculation that does not converge', () => {
  it('is a value with its history, not an error', async () => {
    const output = await runEngine({ ...base, scf: { maxIterations: 2 } });
    expect(output.converged).toBe(false);
    expect(output.iterations).toHaveLength(2);
  });
});
