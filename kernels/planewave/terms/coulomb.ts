import { dot, type Lattice, type Vector3 } from '../basis/lattice';
import type { PlaneWaves } from '../basis/plane-waves';
import type { Boundaries } from '../boundary-kinds';

/** The Coulomb interaction between all charges of a cell, electrons and ions alike. */
export interface Coulomb {
  boundaries: Boundaries;
  /** v(G), Ha bohr^3; what the G = 0 term is by convention where the true one has no limit. */
  kernel: Float64Array;
  /** dv/dstrain_ab = slope(G) p_a p_b, p the part of G that the strain may change; zero at G = 0. */
  strainSlope: Float64Array;
  /** G, or for a slab what of it lies in the plane. */
  strainedPart(g: number): Vector3;
}

/**
 * Repeated cell: v = 4 pi/G^2. Molecule alone: 1/r cut off at the radius R, v = 4 pi/G^2 (1 - cos(G R)), R half of the cell's least width
 * (Jarvis, White, Godby and Payne, Phys. Rev. B 56, 14972 (1997)). Slab: cut off at the height h, half of the cell's,
 * v = 4 pi/G^2 (1 - e^(-G_p h) cos(G_z h)) (Sohier, Calandra and Mauri, Phys. Rev. B 96, 075448 (2017)): the images of a slab with a dipole do not
 * see each other, so that no further correction is needed.
 */
export function createCoulomb(boundaries: Boundaries, lattice: Lattice, waves: PlaneWaves): Coulomb {
  const kernel = new Float64Array(waves.count);
  const strainSlope = new Float64Array(waves.count);
  const normal = slabNormal(lattice);
  const height = Math.sqrt(dot(lattice.vectors[2], lattice.vectors[2])) / 2;
  const radius = leastWidth(lattice) / 2;
  const inPlane = (g: number): Vector3 => {
    const G = vectorAt(waves, g);
    const along = dot(G, normal);
    return [G[0] - along * normal[0], G[1] - along * normal[1], G[2] - along * normal[2]];
  };
  for (let g = 0; g < waves.count; g++) {
    const square = waves.squares[g]!;
    if (square < 1e-12) {
      kernel[g] = boundaries === 'isolated' ? 2 * Math.PI * radius * radius : 0;
      continue;
    }
    const plain = (4 * Math.PI) / square;
    if (boundaries === 'periodic') {
      kernel[g] = plain;
      strainSlope[g] = (2 * plain) / square;
    } else if (boundaries === 'isolated') {
      kernel[g] = plain * (1 - Math.cos(Math.sqrt(square) * radius));
    } else {
      const p = inPlane(g);
      const length = Math.sqrt(dot(p, p));
      const decay = Math.exp(-length * height) * Math.cos(dot(vectorAt(waves, g), normal) * height);
      kernel[g] = plain * (1 - decay);
      // -dv/dp / p
      strainSlope[g] = length < 1e-8 ? 0 : (2 * kernel[g]!) / square - (plain * height * decay) / length;
    }
  }
  return {
    boundaries,
    kernel,
    strainSlope,
    strainedPart: (g) => (boundaries === 'slab' ? inPlane(g) : vectorAt(waves, g)),
  };
}

/** Unit vector along c, at right angles to a and b for a slab. */
export function slabNormal({ vectors: [, , c] }: Lattice): Vector3 {
  const length = Math.sqrt(dot(c, c));
  return c.map((x) => x / length) as Vector3;
}

/** The least distance between opposite faces of the cell, bohr: 2 pi/|b_i|. */
function leastWidth({ reciprocal }: Lattice): number {
  return Math.min(...reciprocal.map((b) => (2 * Math.PI) / Math.sqrt(dot(b, b))));
}

const vectorAt = (waves: PlaneWaves, g: number): Vector3 => [
  waves.vectors[3 * g]!,
  waves.vectors[3 * g + 1]!,
  waves.vectors[3 * g + 2]!,
];
