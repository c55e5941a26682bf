import { KernelError } from '../core/errors';
import { cellVolume } from '../crystal/cell';
import { inverse, norm, transpose } from '../crystal/linear';
import type { Matrix3, Structure, Vector3 } from '../crystal/schema';
import { formFactor } from './form-factor';

/** A reflection and its opposite, which scatters as strongly where form factors are real (Friedel). */
export interface Reflection {
  hkl: Vector3;
  /** 1/d^2, 1/angstrom^2. */
  inverseSpacingSquared: number;
  /** |F|^2 of one cell, electrons^2. */
  strength: number;
}

/** Terms of the structure factors, sites times reflections. */
const LARGEST_SUM = 5e7;

/**
 * One of each pair hkl and -h-k-l with 1/d up to `reach` (1/angstrom), with
 *   F(hkl) = sum_j o_j f_j(s) exp(-B s^2) exp(2 pi i (h x_j + k y_j + l z_j)),  s = 1/(2 d)
 * over the sites with their occupancies; B in angstrom^2 is the same for all atoms.
 * Throws KernelError `no-crystal`, `no-form-factor`, and `too-many-reflections` beyond 5e7 terms.
 */
export function reflections(structure: Structure, reach: number, displacementAngstrom2 = 0): Reflection[] {
  const { cellAngstrom, periodic, sites } = structure;
  if (!cellAngstrom || periodic.includes(false) || !(cellVolume(cellAngstrom) > 0))
    throw new KernelError('no-crystal', 'Only what repeats in three directions has a powder pattern.');
  const limits = indexLimits(cellAngstrom, reach);
  const expected = (2 / 3) * Math.PI * reach ** 3 * cellVolume(cellAngstrom) * sites.length;
  if (!(expected <= LARGEST_SUM && limits.every((limit) => limit < 1000)))
    throw new KernelError(
      'too-many-reflections',
      `This cell has about ${expected.toPrecision(2)} terms of structure factors in this range; at most ${LARGEST_SUM} are summed. ` +
        'Take a narrower range of angles or a longer wavelength.',
      { expected, most: LARGEST_SUM },
    );
  const phases = phaseTables(structure, limits);
  const kinds = scatterers(structure);
  const found: Reflection[] = [];
  visitHalf(cellAngstrom, limits, reach, (hkl, inverseSpacingSquared) => {
    const damping = Math.exp((-2 * displacementAngstrom2 * inverseSpacingSquared) / 4);
    const factors = kinds.elements.map((element) => formFactor(element, inverseSpacingSquared / 4));
    const strength = damping * squaredFactor(phases, kinds.sites, factors, hkl);
    found.push({ hkl, inverseSpacingSquared, strength });
  });
  return found;
}

/** |h_i| <= |a_i| / d for every vector of the reciprocal lattice within the sphere. */
const indexLimits = (cell: Matrix3, reach: number) =>
  cell.map((row) => Math.floor(reach * norm(row) + 1e-9)) as Vector3;

/** Rows b_i in 1/angstrom with a_i . b_j = delta_ij, without the 2 pi. */
const crystallographicCell = (cell: Matrix3) => transpose(inverse(cell));

function visitHalf(
  cell: Matrix3,
  limits: Vector3,
  reach: number,
  see: (hkl: Vector3, inverseSpacingSquared: number) => void,
): void {
  const b = crystallographicCell(cell);
  const [hMax, kMax] = limits;
  const largest = reach ** 2 * (1 + 1e-12);
  const c2 = b[2][0] ** 2 + b[2][1] ** 2 + b[2][2] ** 2;
  for (let h = 0; h <= hMax; h++)
    for (let k = h === 0 ? 0 : -kMax; k <= kMax; k++) {
      const x = h * b[0][0] + k * b[1][0];
      const y = h * b[0][1] + k * b[1][1];
      const z = h * b[0][2] + k * b[1][2];
      // The stretch of l inside the sphere: |g + l c|^2 = reach^2.
      const along = (x * b[2][0] + y * b[2][1] + z * b[2][2]) / c2;
      const rest = along ** 2 - (x ** 2 + y ** 2 + z ** 2 - largest) / c2;
      if (rest < 0) continue;
      const isOnEdge = h === 0 && k === 0;
      const first = isOnEdge ? 1 : Math.ceil(-along - Math.sqrt(rest));
      for (let l = first; l <= Math.floor(-along + Math.sqrt(rest)); l++) {
        const squared = (x + l * b[2][0]) ** 2 + (y + l * b[2][1]) ** 2 + (z + l * b[2][2]) ** 2;
        see([h, k, l], squared);
      }
    }
}

/** exp(2 pi i n x) of every site along every axis, n from -limit to limit, as pairs. */
function phaseTables(
  { sites }: Structure,
  limits: Vector3,
): { tables: Float64Array[]; limits: Vector3; count: number } {
  const tables = limits.map((limit, axis) => {
    const width = 2 * limit + 1;
    const table = new Float64Array(2 * width * sites.length);
    sites.forEach(({ position }, j) => {
      for (let n = -limit; n <= limit; n++) {
        const angle = 2 * Math.PI * n * position[axis]!;
        const at = 2 * ((n + limit) * sites.length + j);
        table[at] = Math.cos(angle);
        table[at + 1] = Math.sin(angle);
      }
    });
    return table;
  });
  return { tables, limits, count: sites.length };
}

interface Scatterers {
  elements: string[];
  /** For every site the elements on it, by their places in the list, with their occupancies. */
  sites: { element: number; occupancy: number }[][];
}

function scatterers({ sites }: Structure): Scatterers {
  const elements = [...new Set(sites.flatMap(({ species }) => species.map(({ element }) => element)))];
  return {
    elements,
    sites: sites.map(({ species }) =>
      species.map(({ element, concentration }) => ({ element: elements.indexOf(element), occupancy: concentration })),
    ),
  };
}

function squaredFactor(
  { tables, limits, count }: ReturnType<typeof phaseTables>,
  sites: Scatterers['sites'],
  factors: readonly number[],
  [h, k, l]: Vector3,
): number {
  const [a, b, c] = tables as [Float64Array, Float64Array, Float64Array];
  const [p, q, r] = [h + limits[0], k + limits[1], l + limits[2]].map((n) => 2 * n * count) as Vector3;
  let real = 0;
  let imaginary = 0;
  for (let j = 0; j < count; j++) {
    let weight = 0;
    for (const { element, occupancy } of sites[j]!) weight += occupancy * factors[element]!;
    const x = a[p + 2 * j]! * b[q + 2 * j]! - a[p + 2 * j + 1]! * b[q + 2 * j + 1]!;
    const y = a[p + 2 * j]! * b[q + 2 * j + 1]! + a[p + 2 * j + 1]! * b[q + 2 * j]!;
    real += weight * (x * c[r + 2 * j]! - y * c[r + 2 * j + 1]!);
    imaginary += weight * (x * c[r + 2 * j + 1]! + y * c[r + 2 * j]!);
  }
  return real ** 2 + imaginary ** 2;
}
