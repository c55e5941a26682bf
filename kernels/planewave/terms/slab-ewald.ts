import { combine, dot, type Lattice, type Vector3 } from '../basis/lattice';
import { slabNormal } from './coulomb';
import { addRealSpace, ENOUGH, type Ewald, reach, wrap } from './ewald';
import { addToDiagonal, addToTensor, zeroTensor, zeroVectors } from './tensor';

/**
 * Ewald's sum for a layer that repeats in its plane only, with the interaction cut off at half the cell's height: a real-space part over
 * images in the plane, and 1/(2V) sum v(G) |S(G)|^2 e^(-G^2/4h^2) with v of `createCoulomb`. The width 1/h is chosen so that the cut is far
 * from every pair. No background is subtracted: what the short-ranged part has at G = 0 the waves along the normal take off again.
 * Strain is that of the plane.
 */
export function slabEwald(lattice: Lattice, positions: readonly Vector3[], charges: readonly number[]): Ewald {
  const normal = slabNormal(lattice);
  const height = Math.sqrt(dot(lattice.vectors[2], lattice.vectors[2])) / 2;
  const thickness = Math.max(
    ...positions.flatMap((a) => positions.map((b) => Math.abs(wrap(a[2] - b[2])) * 2 * height)),
  );
  const eta = Math.max(Math.sqrt(Math.PI) / Math.cbrt(lattice.volume), ENOUGH / (height - thickness));
  const result: Ewald = { energyHartree: 0, forces: zeroVectors(charges.length), strain: zeroTensor() };
  addRealSpace(result, lattice, positions, charges, { eta, isLayer: true });
  addReciprocalPart(result, lattice, positions, charges, { eta, height, normal });
  result.energyHartree -= (eta / Math.sqrt(Math.PI)) * charges.reduce((sum, z) => sum + z * z, 0);
  return result;
}

function addReciprocalPart(
  result: Ewald,
  lattice: Lattice,
  positions: readonly Vector3[],
  charges: readonly number[],
  { eta, height, normal }: { eta: number; height: number; normal: Vector3 },
): void {
  const cutoff = 2 * eta * ENOUGH;
  const waves = reach(lattice.vectors, cutoff);
  for (let m0 = 0; m0 <= waves[0]; m0++) {
    for (let m1 = -waves[1]; m1 <= waves[1]; m1++) {
      for (let m2 = -waves[2]; m2 <= waves[2]; m2++) {
        const G = combine(lattice.reciprocal, [m0, m1, m2]);
        const square = dot(G, G);
        if (square < 1e-12 || square > cutoff * cutoff) continue;
        const along = dot(G, normal);
        const p: Vector3 = [G[0] - along * normal[0], G[1] - along * normal[1], G[2] - along * normal[2]];
        const length = Math.sqrt(dot(p, p));
        const decay = Math.exp(-length * height) * Math.cos(along * height);
        const plain = (4 * Math.PI) / square;
        const v = plain * (1 - decay);
        const vSlope = length < 1e-8 ? 0 : (2 * v) / square - (plain * height * decay) / length;
        const phases = positions.map((x) => 2 * Math.PI * (m0 * x[0] + m1 * x[1] + m2 * x[2]));
        const re = phases.reduce((sum, phase, i) => sum + charges[i]! * Math.cos(phase), 0);
        const im = phases.reduce((sum, phase, i) => sum + charges[i]! * Math.sin(phase), 0);
        // G and -G give the same: the half with m0 > 0 stands for both.
        const weight = ((m0 > 0 ? 2 : 1) * Math.exp(-square / (4 * eta * eta))) / (2 * lattice.volume);
        const size = re * re + im * im;
        result.energyHartree += weight * v * size;
        addToDiagonal(result.strain, -weight * v * size);
        addToTensor(result.strain, p, weight * size * (vSlope + v / (2 * eta * eta)));
        phases.forEach((phase, i) => {
          const pull = 2 * weight * v * charges[i]! * (re * Math.sin(phase) - im * Math.cos(phase));
          for (let axis = 0; axis < 3; axis++) result.forces[i]![axis]! += pull * G[axis]!;
        });
      }
    }
  }
}
