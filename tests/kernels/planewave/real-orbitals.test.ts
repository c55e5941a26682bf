import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '@/kernels/planewave/backends/backend';
import { openBackend } from '@/kernels/planewave/backends/open.native';
import { createLattice, type Vector3 } from '@/kernels/planewave/basis/lattice';
import { createPlaneWaves } from '@/kernels/planewave/basis/plane-waves';
import { createHalfSphere, expandHalf, restrictHalf } from '@/kernels/planewave/eigen/half-sphere';
import { createHamiltonian } from '@/kernels/planewave/eigen/hamiltonian';
import { createPointProblem } from '@/kernels/planewave/eigen/point-problem';
import { Workspace } from '@/kernels/planewave/eigen/workspace';
import { functionalsById } from '@/kernels/planewave/functionals/functional';
import { familyEntry } from '@/kernels/planewave/pseudo/family';
import { createGthPseudopotential } from '@/kernels/planewave/pseudo/gth';
import type { System } from '@/kernels/planewave/system';
import { maxDifference, randomNumbers } from './backends/numbers';

const lattice = createLattice([
  [6, 0.3, -0.2],
  [0.5, 6.4, 0.1],
  [0.2, -0.4, 5.8],
]);
const cutoffHartree = 4;
const grid: [number, number, number] = [18, 18, 18];
const species = [familyEntry('Ti', functionalsById.pbe)];
const pseudopotentials = species.map(createGthPseudopotential);
const system: System = {
  lattice,
  basis: lattice,
  spinChannels: 1,
  initialMoments: [0],
  kineticSmoothing: null,
  positions: [[0.11, 0.23, 0.37]] as Vector3[],
  speciesOf: [0],
  species,
  functional: 'pbe',
  cutoffHartree,
  grid,
  electrons: 12,
};
const potential = randomNumbers(18 ** 3, 3);
let backend: Backend;
beforeAll(async () => {
  backend = await openBackend('wasm');
});

function open(kpoint: Vector3) {
  const waves = createPlaneWaves(lattice, kpoint, 2 * cutoffHartree, grid);
  const localPotential = () => potential;
  const H = createHamiltonian(backend, backend.planFft(grid), system, pseudopotentials, waves, localPotential);
  const options = { backend, system, pseudopotentials, localPotential, workspace: new Workspace() };
  return { waves, H, problem: createPointProblem(H, options) };
}

/** Columns of random real orbitals, an odd number of them. */
function randomColumns(problem: ReturnType<typeof open>['problem'], count = 3): Float64Array {
  const columns = randomNumbers(2 * problem.size * count, 5);
  problem.admit(columns);
  return columns;
}

describe.each([[[0, 0, 0]], [[0.5, 0, 0]], [[0.5, -0.5, 0.5]]] as Vector3[][])(
  'orbitals at k = %s, which is -k',
  (kpoint) => {
    it('are half as many numbers, and come back whole', () => {
      const { waves } = open(kpoint);
      const half = createHalfSphere(waves)!;
      expect(2 * half.waves.count - waves.count).toBe(kpoint[0] === 0 ? 1 : 0);
      const { problem } = open(kpoint);
      const columns = randomColumns(problem);
      expect(
        maxDifference(restrictHalf(half, expandHalf(half, columns, waves.count), waves.count), columns),
      ).toBeLessThan(1e-15);
    });

    it('feel the same Hamiltonian', async () => {
      const { H, problem } = open(kpoint);
      const columns = randomColumns(problem);
      const out = new Float64Array(columns.length);
      await problem.apply(columns, 3, out);
      const whole = problem.expand(columns);
      const expected = new Float64Array(whole.length);
      await H.apply(whole, 3, expected);
      expect(maxDifference(problem.expand(out), expected)).toBeLessThan(1e-11);
    });

    it('have the same density, also with weights below zero', () => {
      const { H, problem } = open(kpoint);
      const whole = problem.expand(randomColumns(problem));
      const weights = Float64Array.of(1.5, -0.25, 0.5);
      const [density, expected] = [new Float64Array(18 ** 3), new Float64Array(18 ** 3)];
      problem.accumulateDensity(whole, weights, density);
      H.sphere.accumulateDensity(whole, 3, weights, expected);
      expect(maxDifference(density, expected)).toBeLessThan(1e-10);
    });

    it('are found in the span of complex ones', async () => {
      const { waves, problem } = open(kpoint);
      // Two orbitals that are i times real ones, and one that mixes the two: their real span is the real ones.
      const real = problem.expand(randomColumns(problem, 2));
      const size = 2 * waves.count;
      const complex = new Float64Array(2 * size);
      for (let i = 0; i < size; i += 2) {
        const [a, b] = [real.subarray(i, i + 2), real.subarray(size + i, size + i + 2)];
        complex.set([-a[1]!, a[0]!], i);
        complex.set([a[0]! - b[1]!, a[1]! + b[0]!], size + i);
      }
      const columns = await problem.adopt(complex);
      // What is left of the real ones outside of the columns found.
      const basis = problem.restrict(real);
      const product = async (A: Float64Array, B: Float64Array) => {
        const S = new Float64Array(8);
        await problem.products.gemm('C', 'N', 2, 2, problem.size, A, B, S);
        return S;
      };
      const [own, mixed, there] = [
        await product(columns, columns),
        await product(columns, basis),
        await product(basis, basis),
      ];
      // Gram determinants: det(A^T B)^2 = det(A^T A) det(B^T B) where the spans are equal.
      const det = (S: Float64Array) => S[0]! * S[6]! - S[2]! * S[4]!;
      expect(det(mixed) ** 2 / (det(own) * det(there))).toBeCloseTo(1, 10);
    });
  },
);

it('points that are not their own negative stay complex', () => {
  const { H, problem } = open([0.25, 0, 0]);
  expect(createHalfSphere(H.waves)).toBeNull();
  expect(problem.size).toBe(H.waves.count);
});
