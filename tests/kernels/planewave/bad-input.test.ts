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

const gth = (line: string) => `title\n${line} 0\n10 11 -1 0 2001 0\n0.44 1 -7.3\n0\n`;

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
    [
      'a site that is partly empty, in CIF words',
      { structure: { ...silicon, sites: [{ element: 'Si', occupancy: 0.5, fractional: [0, 0, 0] }] } },
      /partly occupied/,
      'partial-occupancy',
    ],
    [
      'a mesh that is not whole, naming the field',
      { kpoints: { mesh: [1.5, 1, 1] } },
      /kpoints\.mesh\.0/,
      'input-invalid',
    ],
    [
      'a k-point without weight, naming the field',
      { kpoints: { list: [{ fractional: [0, 0, 0] }] } },
      /kpoints\.list\.0\.weight/,
      'input-invalid',
    ],
    ['a point far out', { task: 'bands', bands: { kpoints: [{ fractional: [1e9, 0, 0] }] } }, /100/, 'input-invalid'],
    ['fewer plane waves than bands', { cutoffHartree: 0.3 }, /plane waves for 8 bands/, 'basis-too-small'],
    ['a grid that needs more memory than there is', { fftGrid: [4000, 4000, 4000] }, /grid points/, 'memory'],
    [
      'a mesh that needs more memory than there is',
      { kpoints: { mesh: [120, 120, 120] }, cutoffHartree: 30, symmetry: false },
      /k-points\); .*coarser mesh/,
      'memory',
    ],
    ['an external potential that is not there', { externalPotential: { npy: 'nowhere.npy' } }, /nowhere/, ''],
    [
      'the pseudopotential of another element',
      { pseudopotentials: { Si: { format: 'abinit-gth', text: gth('32 4') } } },
      /atomic number of Si, and holds 32/,
      'pseudopotential-invalid',
    ],
    [
      'a pseudopotential with more electrons than the atom',
      { pseudopotentials: { Si: { format: 'abinit-gth', text: gth('14 20') } } },
      /up to 14, and holds 20/,
      'pseudopotential-invalid',
    ],
    [
      'a density of states of a million energies',
      { task: 'dos', dos: { stepHartree: 1e-7 } },
      /larger step/,
      'dos-step',
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
    [
      'fixed occupations with spin and no magnetisation',
      { spin: { kind: 'collinear' } },
      /totalMagnetisation/,
      'magnetisation-missing',
    ],
    [
      'a magnetisation that the electrons cannot give',
      { spin: { kind: 'collinear', totalMagnetisation: 10 } },
      /cannot be had from 8 electrons/,
      'magnetisation-impossible',
    ],
    [
      'an odd magnetisation of an even number of electrons in full bands',
      { spin: { kind: 'collinear', totalMagnetisation: 1 } },
      /whole number/,
      'magnetisation-impossible',
    ],
    [
      'an initial moment beyond the valence',
      {
        structure: { cellAngstrom: box(4), sites: [{ element: 'Si', fractional: [0, 0, 0], momentBohrMagneton: 5 }] },
        spin: { kind: 'collinear', totalMagnetisation: 2 },
      },
      /4 valence electrons/,
      'moment-impossible',
    ],
    [
      'a charged slab in a repeated cell',
      {
        structure: { cellAngstrom: box(8), periodic: [true, true, false], sites: sites(['Si', [0, 0, 0]]) },
        charge: 2,
      },
      /boundaries "slab"/,
      'slab-charged',
    ],
    [
      'a slab whose third vector is slanted',
      {
        structure: {
          cellAngstrom: [
            [4, 0, 0],
            [0, 4, 0],
            [1, 0, 20],
          ],
          sites: sites(['Si', [0, 0, 0]]),
        },
        boundaries: 'slab',
      },
      /right angles/,
      'slab-cell',
    ],
    [
      'a molecule without room around it',
      {
        structure: { cellAngstrom: box(6), sites: sites(['H', [0, 0, 0]], ['H', [0.4, 0, 0]]) },
        boundaries: 'isolated',
      },
      /twice their extent/,
      'vacuum-thin',
    ],
    [
      'the stress of a molecule alone',
      {
        structure: { cellAngstrom: box(12), sites: sites(['H', [0, 0, 0]], ['H', [0.06, 0, 0]]) },
        boundaries: 'isolated',
        stress: true,
      },
      /no stress/,
      'stress-without-cell',
    ],
    [
      'dispersion with a local functional',
      { functional: 'lda-pw92', dispersion: 'd3bj' },
      /fitted to gradient/,
      'dispersion-functional',
    ],
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

describe('what is odd but can be computed is computed and noted', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a field that there is not', { cutofHartree: 20 }, /no field cutofHartree/],
    ['a field that there is not, further down', { bands: { number: 20 } }, /no field bands\.number/],
    ['a pseudopotential of an element that is not there', { pseudopotentialEntries: { Ge: 'x' } }, /no Ge/],
    [
      'bands that are too few for the smearing',
      { occupations: { scheme: 'gaussian', widthHartree: 0.5 } },
      /ask for more bands/,
    ],
  ])('%s', async (_name, change, note) => {
    const { notes } = await runEngine({ ...base, ...change } as PlanewaveInput);
    expect(notes.join('\n')).toMatch(note);
  });
});

describe('a calculation that does not converge', () => {
  it('is a value with its history, not an error', async () => {
    const output = await runEngine({ ...base, scf: { maxIterations: 2 } });
    expect(output.converged).toBe(false);
    expect(output.iterations).toHaveLength(2);
  });
});
