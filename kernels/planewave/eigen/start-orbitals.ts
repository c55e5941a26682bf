import { createRandom } from '../../core/random';
import { type PlaneWaves, structureFactor } from '../basis/plane-waves';
import { type AtomicOrbital, radialTransforms } from '../pseudo/atomic-orbital';
import type { System } from '../system';
import { fillAtomicColumns } from '../terms/nonlocal';
import { orthonormalize } from './orthonormalize';
import type { PointProblem } from './point-problem';

/**
 * First columns at one k: the lowest states in the span of the atomic orbitals, filled up with random ones where there
 * are too few. A little noise on each, and the last `guardCount` all random, keep states that symmetry would hide from the start within reach.
 */
export async function startOrbitals(
  problem: PointProblem,
  system: System,
  atoms: readonly AtomicOrbital[][],
  bandCount: number,
  guardCount: number,
): Promise<Float64Array> {
  const { waves, products } = problem;
  const atomic = system.speciesOf.reduce(
    (sum, species) => sum + atoms[species]!.reduce((m, { l }) => m + 2 * l + 1, 0),
    0,
  );
  const count = Math.min(Math.max(bandCount, atomic), waves.count);
  const columns = new Float64Array(2 * waves.count * Math.max(count, atomic));
  const radials = atoms.map((orbitals) => orbitals.map((orbital) => radialTransforms(orbital, waves.squares)));
  let column = 0;
  system.speciesOf.forEach((species, atom) => {
    const phase = structureFactor(waves, system.positions[atom]!);
    atoms[species]!.forEach(({ l }, shell) => {
      fillAtomicColumns(columns, column, waves, { l, radial: radials[species]![shell]!, phase });
      column += 2 * l + 1;
    });
  });
  problem.weigh(columns);
  addNoise(columns, waves, atomic, count);
  problem.admit(columns);
  const { columns: basis, count: kept } = await orthonormalize(
    products,
    waves.count,
    columns.subarray(0, 2 * waves.count * count),
    count,
  );
  const HX = new Float64Array(2 * waves.count * kept);
  await problem.apply(basis, kept, HX);
  const T = new Float64Array(2 * kept * kept);
  await products.gemm('C', 'N', kept, kept, waves.count, basis, HX, T);
  const { vectors } = await products.eigh(kept, T);
  const lowest = Math.min(bandCount, kept);
  const orbitals = new Float64Array(2 * waves.count * lowest);
  await products.gemm('N', 'N', waves.count, lowest, kept, basis, vectors.subarray(0, 2 * kept * lowest), orbitals);
  return randomizeLast(orbitals, problem, guardCount);
}

/** Makes the last `guardCount` columns smooth random ones. Seeded by k, so that runs repeat. */
export function randomizeLast(
  orbitals: Float64Array,
  { waves, admit }: Pick<PointProblem, 'waves' | 'admit'>,
  guardCount: number,
): Float64Array {
  const random = createRandom(seedOf(waves) + 1);
  const first = Math.max(0, orbitals.length / (2 * waves.count) - guardCount);
  for (let i = 2 * waves.count * first; i < orbitals.length; i++)
    orbitals[i] = (random() - 0.5) / (1 + waves.squares[(i >> 1) % waves.count]!);
  admit(orbitals);
  return orbitals;
}

function seedOf({ kpoint }: PlaneWaves): number {
  return kpoint.reduce((sum, x, i) => sum + Math.round((x + 3) * 1e6) * (i * 7919 + 1), 17);
}

/** Smooth random numbers: 5 per cent on atomic columns, all of the others. Seeded by k, so that runs repeat. */
function addNoise(columns: Float64Array, waves: PlaneWaves, atomic: number, count: number): void {
  const random = createRandom(seedOf(waves));
  for (let j = 0; j < count; j++) {
    const start = 2 * waves.count * j;
    let size = 0;
    for (let i = 0; i < 2 * waves.count; i++) size += columns[start + i]! ** 2;
    const amplitude = j < atomic ? 0.05 * Math.sqrt(size / waves.count) : 1;
    for (let g = 0; g < waves.count; g++) {
      const envelope = amplitude / (1 + waves.squares[g]!);
      columns[start + 2 * g]! += envelope * (random() - 0.5);
      columns[start + 2 * g + 1]! += envelope * (random() - 0.5);
    }
  }
}

/**
 * Orbitals of one sphere of plane waves on another (a neighbouring k or another cutoff): coefficients are carried over by
 * their integer triple, new plane waves start at zero.
 */
export function transferOrbitals(
  from: PlaneWaves,
  orbitals: Float64Array,
  bandCount: number,
  to: PlaneWaves,
): Float64Array {
  const place = new Map<string, number>();
  for (let g = 0; g < from.count; g++) place.set(from.triples.subarray(3 * g, 3 * g + 3).join(), g);
  const out = new Float64Array(2 * to.count * bandCount);
  for (let g = 0; g < to.count; g++) {
    const source = place.get(to.triples.subarray(3 * g, 3 * g + 3).join());
    if (source === undefined) continue;
    for (let band = 0; band < bandCount; band++) {
      out[2 * (band * to.count + g)] = orbitals[2 * (band * from.count + source)]!;
      out[2 * (band * to.count + g) + 1] = orbitals[2 * (band * from.count + source) + 1]!;
    }
  }
  return out;
}
