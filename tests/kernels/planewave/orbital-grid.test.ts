import { expect, it } from 'vitest';
import { openBackend } from '@/kernels/planewave/backends/open.native';
import { createLattice } from '@/kernels/planewave/basis/lattice';
import { createOrbitalGrid } from '@/kernels/planewave/basis/orbital-grid';
import { createPlaneWaves } from '@/kernels/planewave/basis/plane-waves';
import { maxDifference, randomNumbers } from './backends/numbers';

it('orbitals meet a potential on the smallest grid as they do on a finer one, and leave the same density', async () => {
  const backend = await openBackend('wasm');
  const lattice = createLattice([
    [6, 0.3, -0.2],
    [0.5, 6.4, 0.1],
    [0.2, -0.4, 5.8],
  ]);
  const [cutoffHartree, grid] = [3, [20, 24, 20] as [number, number, number]];
  const coarse = createOrbitalGrid(backend, { basis: lattice, cutoffHartree, grid });
  expect(coarse.plan.n.every((n, axis) => n < grid[axis]!)).toBe(true);
  const fine = backend.planFft(grid);
  const points = grid[0] * grid[1] * grid[2];
  const sphereOn = (n: readonly [number, number, number]) =>
    createPlaneWaves(lattice, [0.1, 0.2, 0.3], 2 * cutoffHartree, [...n]);
  const psi = randomNumbers(2 * sphereOn(grid).count, 1);
  const potential = randomNumbers(points, 2);
  const [expected, found] = [new Float64Array(psi.length), new Float64Array(psi.length)];
  fine.sphere(sphereOn(grid).gridIndices).applyPotential(potential, psi, 1, expected);
  const sphere = coarse.plan.sphere(sphereOn(coarse.plan.n).gridIndices);
  sphere.applyPotential(coarse.restrict(potential), psi, 1, found);
  expect(maxDifference(found, expected)).toBeLessThan(1e-13);
  const density = new Float64Array(points);
  fine.sphere(sphereOn(grid).gridIndices).accumulateDensity(psi, 1, Float64Array.of(2), density);
  const small = new Float64Array(coarse.plan.n[0] * coarse.plan.n[1] * coarse.plan.n[2]);
  sphere.accumulateDensity(psi, 1, Float64Array.of(2), small);
  expect(maxDifference(coarse.prolong(small), density)).toBeLessThan(1e-10);
});
