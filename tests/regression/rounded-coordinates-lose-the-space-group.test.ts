import { beforeAll, expect, test } from 'vitest';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { parseStructure } from '@/kernels/crystal/structure';
import { analyzeSymmetry, COMPUTED_TOLERANCE_ANGSTROM, loadSymmetry } from '@/kernels/crystal/symmetry';

beforeAll(() => loadSymmetry(readMoyoWasm()));

/** hcp magnesium as a POSCAR with four digits has it: a third is 5e-5 of 3.2 angstrom off. */
const rounded = parseStructure({
  cellAngstrom: [
    [3.209, 0, 0],
    [-1.6045, 2.7791, 0],
    [0, 0, 5.211],
  ],
  sites: [
    { element: 'Mg', fractional: [0.3333, 0.6667, 0.25] },
    { element: 'Mg', fractional: [0.667, 0.333, 0.75] },
  ],
});

test('rounded coordinates show the space group that a person expects', () => {
  expect(analyzeSymmetry(rounded).spaceGroupNumber).toBe(194);
});

test('and are computed with the operations that hold, not with those that nearly hold', () => {
  const computed = analyzeSymmetry(rounded, { toleranceAngstrom: COMPUTED_TOLERANCE_ANGSTROM });
  expect(computed.operations.length).toBeLessThan(24);
});
