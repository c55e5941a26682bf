import type { Backend } from '../backends/backend';
import type { Vector3 } from '../basis/lattice';
import { type PlaneWaves, structureFactor } from '../basis/plane-waves';
import { type AtomicOrbital, radialTransforms } from '../pseudo/atomic-orbital';
import type { System } from '../system';
import { fillAtomicColumns } from '../terms/nonlocal';

/** An atomic orbital of the crystal: n counts from 1 within each l, m from 0 in the order of the real harmonics. */
export interface CrystalOrbital {
  site: number;
  element: string;
  n: number;
  l: number;
  m: number;
}

/** All orbitals of all sites, in the order of the projections. */
export function crystalOrbitals(system: System, atoms: readonly (readonly AtomicOrbital[])[]): CrystalOrbital[] {
  return system.speciesOf.flatMap((species, site) =>
    atoms[species]!.flatMap(({ n, l }) =>
      Array.from({ length: 2 * l + 1 }, (_, m) => ({ site, element: system.species[species]!.element, n, l, m })),
    ),
  );
}

/** A symmetry operation as it acts on orbitals. */
export interface OrbitalOperation {
  /** The site to which it carries each site. */
  imageOf: number[];
  /** D^l with Y_lm(R r) = sum_m' D_mm' Y_lm'(r), l = 0..3, row-major. */
  rotations: Float64Array[];
}

/**
 * Amplitudes <O_a|psi_b> on Loewdin's orthonormal orbitals O = phi S^(-1/2) (J. Chem. Phys. 18, 365 (1950)), orbitals x bands, interleaved.
 * Their squares are each band's weights: they sum to 1 where the orbitals span it.
 */
export async function projectOrbitals(
  backend: Backend,
  system: System,
  atoms: readonly (readonly AtomicOrbital[])[],
  waves: PlaneWaves,
  psi: Float64Array,
  bandCount: number,
): Promise<Float64Array> {
  const count = crystalOrbitals(system, atoms).length;
  const phi = atomicColumns(system, atoms, waves, count);
  const overlap = new Float64Array(2 * count * count);
  await backend.gemm('C', 'N', count, count, waves.count, phi, phi, overlap);
  const { values, vectors } = await backend.eigh(count, overlap);
  // S^(-1/2) = U s^(-1/2) U^H; what is nearly dependent is left out.
  const scaled = vectors.slice();
  for (let j = 0; j < count; j++) {
    const factor = values[j]! > 1e-8 * values[count - 1]! ? 1 / Math.sqrt(values[j]!) : 0;
    for (let i = 2 * j * count; i < 2 * (j + 1) * count; i++) scaled[i]! *= factor;
  }
  const plain = new Float64Array(2 * count * bandCount);
  await backend.gemm('C', 'N', count, bandCount, waves.count, phi, psi, plain);
  const inner = new Float64Array(2 * count * bandCount);
  await backend.gemm('C', 'N', count, bandCount, count, scaled, plain, inner);
  const amplitudes = new Float64Array(2 * count * bandCount);
  await backend.gemm('N', 'N', count, bandCount, count, vectors, inner, amplitudes);
  return amplitudes;
}

/**
 * |amplitude|^2, bands x orbitals; with operations, the mean over the points that they make of this one: at S k the orbital (S site, m) has the
 * amplitude sum_m' D_mm'(S) a(site, m').
 */
export function projectionWeights(
  orbitals: readonly CrystalOrbital[],
  amplitudes: Float64Array,
  bandCount: number,
  operations: readonly OrbitalOperation[] | null,
): Float64Array {
  const count = orbitals.length;
  const weights = new Float64Array(count * bandCount);
  if (!operations) {
    for (let i = 0; i < weights.length; i++) weights[i] = amplitudes[2 * i]! ** 2 + amplitudes[2 * i + 1]! ** 2;
    return weights;
  }
  const shells = shellStarts(orbitals);
  for (const { imageOf, rotations } of operations) {
    for (const { start, site, shell, l } of shells) {
      const to = shells.find((other) => other.site === imageOf[site] && other.shell === shell)!.start;
      const size = 2 * l + 1;
      const D = rotations[l]!;
      for (let band = 0; band < bandCount; band++) {
        for (let m = 0; m < size; m++) {
          let [re, im] = [0, 0];
          for (let other = 0; other < size; other++) {
            const at = 2 * (band * count + start + other);
            re += D[m * size + other]! * amplitudes[at]!;
            im += D[m * size + other]! * amplitudes[at + 1]!;
          }
          weights[band * count + to + m]! += (re * re + im * im) / operations.length;
        }
      }
    }
  }
  return weights;
}

function shellStarts(orbitals: readonly CrystalOrbital[]): { start: number; site: number; shell: number; l: number }[] {
  const counted = new Map<number, number>();
  return orbitals.flatMap(({ site, l, m }, start) => {
    if (m !== 0) return [];
    const shell = counted.get(site) ?? 0;
    counted.set(site, shell + 1);
    return [{ start, site, shell, l }];
  });
}

function atomicColumns(
  system: System,
  atoms: readonly (readonly AtomicOrbital[])[],
  waves: PlaneWaves,
  count: number,
): Float64Array {
  const columns = new Float64Array(2 * waves.count * count);
  const scale = 1 / Math.sqrt(system.lattice.volume);
  const radials = atoms.map((shells) =>
    shells.map((shell) => radialTransforms(shell, waves.squares).map((value) => scale * value)),
  );
  let column = 0;
  system.speciesOf.forEach((species, site) => {
    const phase = structureFactor(waves, system.positions[site] as Vector3);
    atoms[species]!.forEach(({ l }, shell) => {
      fillAtomicColumns(columns, column, waves, { l, radial: radials[species]![shell]!, phase });
      column += 2 * l + 1;
    });
  });
  return columns;
}
