import { solveReal } from '../../core/dense';
import { createRandom } from '../../core/random';
import type { GridOperation } from '../basis/fft-grid';
import { realHarmonics } from '../basis/spherical-harmonics';
import { cartesianRotation, imagesOf } from '../scf/symmetrize';
import type { System } from '../system';
import type { Tensor } from '../terms/tensor';
import type { OrbitalOperation } from './projections';

/** How symmetry operations move sites and turn real harmonics. */
export function orbitalOperations(system: System, operations: readonly GridOperation[]): OrbitalOperation[] {
  return operations.map((operation) => {
    const rotation = cartesianRotation(operation, system.lattice);
    return {
      imageOf: imagesOf(operation, system),
      rotations: [0, 1, 2, 3].map((l) => harmonicRotation(l, rotation)),
    };
  });
}

/** D with Y_lm(R r) = sum_m' D_mm' Y_lm'(r), from the harmonics at more directions than there are of them, by least squares. */
export function harmonicRotation(l: number, rotation: Tensor): Float64Array {
  const size = 2 * l + 1;
  const random = createRandom(7);
  const gram = new Float64Array(size * size);
  const mixed = new Float64Array(size * size);
  for (let sample = 0; sample < 4 * size; sample++) {
    const r = [random() - 0.5, random() - 0.5, random() - 0.5] as [number, number, number];
    const turned = rotation.map((row) => row[0] * r[0] + row[1] * r[1] + row[2] * r[2]) as typeof r;
    const [plain, image] = [realHarmonics(l, ...r), realHarmonics(l, ...turned)];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        gram[i * size + j]! += plain[i]! * plain[j]!;
        mixed[i * size + j]! += image[i]! * plain[j]!;
      }
    }
  }
  const out = new Float64Array(size * size);
  for (let m = 0; m < size; m++) out.set(solveReal(size, gram, mixed.subarray(m * size, (m + 1) * size))!, m * size);
  return out;
}
