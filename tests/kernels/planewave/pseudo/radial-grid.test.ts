import { expect, it } from 'vitest';
import { erf } from '@/kernels/core/special-functions';
import {
  integrate,
  logarithmicGrid,
  radialHartree,
  tabulateDensity,
} from '@/kernels/planewave/pseudo/atom/radial-grid';

const exponent = 1.3;
const grid = logarithmicGrid(1e-4, 30, 210);
const gaussian = grid.r.map((r) => (exponent / Math.PI) ** 1.5 * Math.exp(-exponent * r * r));

it('a Gaussian charge has the potential erf(sqrt(a) r)/r', () => {
  const potential = radialHartree(grid, gaussian);
  grid.r.forEach((r, i) => {
    // The quintic leaves 7e-8 at this step.
    expect(potential[i]).toBeCloseTo(erf(Math.sqrt(exponent) * r) / r, 6);
  });
});

it('a Gaussian charge integrates to one, and its table is exp(-q^2/4a)', () => {
  expect(integrate(grid, gaussian)).toBeCloseTo(1, 10);
  const densityAt = tabulateDensity(grid, gaussian);
  for (const q of [0, 0.7, 2.33, 5]) expect(densityAt(q)).toBeCloseTo(Math.exp((-q * q) / (4 * exponent)), 6);
});
