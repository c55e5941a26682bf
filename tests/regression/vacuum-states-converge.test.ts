import { expect, it } from 'vitest';
import { createRandom } from '@/kernels/core/random';
import { openBackend } from '@/kernels/planewave/backends/open.native';
import { createLattice } from '@/kernels/planewave/basis/lattice';
import { createPlaneWaves } from '@/kernels/planewave/basis/plane-waves';
import { solveDavidson } from '@/kernels/planewave/eigen/davidson';
import { createHamiltonian } from '@/kernels/planewave/eigen/hamiltonian';

/** Empty states start as noise: preconditioned with the noise's own kinetic energies they took hundreds of steps. */
it('finds slow states in a wide box from noise in few steps', async () => {
  const backend = await openBackend('wasm');
  const [length, n, cutoffHartree] = [16, 45, 12];
  const lattice = createLattice([
    [length, 0, 0],
    [0, length, 0],
    [0, 0, length],
  ]);
  const grid: [number, number, number] = [n, n, n];
  const waves = createPlaneWaves(lattice, [0, 0, 0], 2 * cutoffHartree, grid);
  // A smooth well in the middle of the box.
  const potential = Float64Array.from({ length: n ** 3 }, (_, i) => {
    const x = [Math.floor(i / (n * n)), Math.floor(i / n) % n, i % n].map((m) => Math.cos((2 * Math.PI * m) / n));
    return 0.2 * (x[0]! + x[1]! * x[2]!);
  });
  const system = {
    lattice,
    basis: lattice,
    spinChannels: 1 as const,
    initialMoments: [],
    kineticSmoothing: null,
    positions: [],
    speciesOf: [],
    species: [],
    functional: 'pbe' as const,
    cutoffHartree,
    grid,
    electrons: 0,
  };
  const H = createHamiltonian(backend, backend.planFft(grid), system, [], waves, () => potential);
  const random = createRandom(5);
  const start = Float64Array.from({ length: 2 * 8 * waves.count }, () => random() - 0.5);
  const result = await solveDavidson(backend, H, start, 8, { tolerance: 1e-5, required: 6, maxIterations: 100 });
  expect(result.converged).toBe(true);
  expect(result.iterations).toBeLessThan(60);
});
