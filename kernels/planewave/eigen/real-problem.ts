import { measure } from '../profile';
import { kineticEnergies } from '../terms/kinetic';
import { createNonlocalTerm } from '../terms/nonlocal';
import {
  createHalfSphere,
  expandHalf,
  type HalfSphere,
  packPair,
  restrictHalf,
  unpackPair,
  weighHalf,
} from './half-sphere';
import { addKinetic, type Hamiltonian } from './hamiltonian';
import type { PointOptions, PointProblem } from './point-problem';
import { realProducts } from './real-products';

/**
 * The problem at a k where orbitals are real: half the numbers in every product, and two orbitals in each transform. Null at others.
 */
export function createRealProblem(
  H: Hamiltonian,
  { backend, system, pseudopotentials, localPotential, workspace }: PointOptions,
): PointProblem | null {
  const half = createHalfSphere(H.waves);
  if (!half) return null;
  const whole = H.waves.count;
  const { waves } = half;
  const kinetic = kineticEnergies(waves, system.kineticSmoothing);
  const products = realProducts(backend);
  const nonlocal = measure('projectors', () => {
    const term = createNonlocalTerm(products, system, pseudopotentials, waves);
    weighHalf(half, term.projectors);
    return term;
  });
  return {
    size: waves.count,
    kinetic,
    waves,
    products,
    applications: 0,
    async apply(psi, bandCount, out) {
      this.applications += bandCount;
      measure('fft', () => {
        const pairs = Math.ceil(bandCount / 2);
        const packed = packPairs(half, psi, bandCount, workspace.take('packed', 2 * whole * pairs), whole);
        const applied = workspace.take('applied', 2 * whole * pairs);
        H.sphere.applyPotential(localPotential(), packed, pairs, applied);
        for (let pair = 0; pair < pairs; pair++)
          unpackPair(half, applied, 2 * whole * pair, out.subarray(0, 2 * waves.count * bandCount), 2 * pair);
        addKinetic(kinetic, psi, bandCount, out);
      });
      await measure('projectors', () => nonlocal.apply(psi, bandCount, out));
    },
    weigh: (columns) => weighHalf(half, columns),
    admit: (columns) => clearOwn(half, columns),
    restrict: (orbitals) => restrictHalf(half, orbitals, whole),
    async adopt(orbitals) {
      const count = orbitals.length / (2 * whole);
      // Real and imaginary parts of all, and of their span as many directions as there were orbitals: the strongest.
      const parts = new Float64Array(4 * waves.count * count);
      parts.set(restrictHalf(half, orbitals, whole));
      parts.set(restrictHalf(half, orbitals, whole, 'imaginary'), 2 * waves.count * count);
      const overlap = new Float64Array(8 * count * count);
      await products.gemm('C', 'N', 2 * count, 2 * count, waves.count, parts, parts, overlap);
      const { vectors } = await products.eigh(2 * count, overlap);
      const strongest = new Float64Array(4 * count * count);
      for (let j = 0; j < count; j++)
        strongest.set(vectors.subarray(4 * count * (2 * count - 1 - j), 4 * count * (2 * count - j)), 4 * count * j);
      const columns = new Float64Array(2 * waves.count * count);
      await products.gemm('N', 'N', waves.count, count, 2 * count, parts, strongest, columns);
      return columns;
    },
    expand: (columns) => expandHalf(half, columns, whole),
    accumulateDensity(orbitals, weights, density) {
      // |a c_1 + i b c_2|^2 = a^2 c_1^2 + b^2 c_2^2 on the grid; weights below zero (Methfessel-Paxton) pair among themselves.
      for (const sign of [1, -1]) {
        const bands = [...weights.keys()].filter((band) => Math.sign(weights[band]!) === sign);
        if (bands.length === 0) continue;
        const columns = restrictHalf(half, pickColumns(orbitals, bands, 2 * whole), whole);
        bands.forEach((band, j) => {
          const scale = Math.sqrt(Math.abs(weights[band]!));
          for (let i = 2 * waves.count * j; i < 2 * waves.count * (j + 1); i++) columns[i]! *= scale;
        });
        const pairs = Math.ceil(bands.length / 2);
        const packed = packPairs(half, columns, bands.length, workspace.take('packed', 2 * whole * pairs), whole);
        H.sphere.accumulateDensity(packed, pairs, new Float64Array(pairs).fill(sign), density);
      }
    },
  };
}

function packPairs(
  half: HalfSphere,
  columns: Float64Array,
  count: number,
  packed: Float64Array,
  whole: number,
): Float64Array {
  const own = columns.subarray(0, 2 * half.waves.count * count);
  for (let band = 0; band < count; band += 2) packPair(half, own, band, packed, whole * band);
  return packed;
}

function pickColumns(columns: Float64Array, bands: readonly number[], length: number): Float64Array {
  const picked = new Float64Array(length * bands.length);
  bands.forEach((band, j) => {
    picked.set(columns.subarray(length * band, length * (band + 1)), length * j);
  });
  return picked;
}

/** The coefficient of a wave that is its own partner is real. */
function clearOwn({ first, second }: HalfSphere, columns: Float64Array): void {
  first.forEach((place, h) => {
    if (place !== second[h]) return;
    for (let at = 2 * h + 1; at < columns.length; at += 2 * first.length) columns[at] = 0;
  });
}
