import { expect, it } from 'vitest';
import { openBackend } from '@/kernels/planewave/backends/open.native';
import { createDensityGrid } from '@/kernels/planewave/basis/density-grid';
import { createLattice } from '@/kernels/planewave/basis/lattice';
import { createDensityPlaneWaves } from '@/kernels/planewave/basis/plane-waves';
import { createCoulomb } from '@/kernels/planewave/terms/coulomb';
import { maxDifference, randomNumbers } from './backends/numbers';

it('fields that share a transform come out as they do alone', async () => {
  const lattice = createLattice([
    [6, 0.3, -0.2],
    [0.5, 6.4, 0.1],
    [0.2, -0.4, 5.8],
  ]);
  const size = [20, 24, 20] as const;
  const waves = createDensityPlaneWaves(lattice, 3, [...size]);
  const plan = (await openBackend('wasm')).planFft(size);
  const grid = createDensityGrid(plan, waves, createCoulomb('periodic', lattice, waves));
  const values = [1, 2, 3].map((seed) => randomNumbers(grid.points, seed));
  const fields = values.map(grid.toReciprocal);
  const together = grid.allToReciprocal(values);
  expect(together).toHaveLength(3);
  together.forEach((field, i) => {
    expect(maxDifference(field, fields[i]!)).toBeLessThan(1e-15);
  });
  const back = grid.allToReal(fields);
  expect(back).toHaveLength(3);
  back.forEach((value, i) => {
    expect(maxDifference(value, grid.toReal(fields[i]!))).toBeLessThan(1e-14);
  });
});
