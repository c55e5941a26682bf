import { d3Coefficients, d3References } from './d3-reference.data';

/** C6 of two atoms at their coordination numbers, and its derivatives by them. */
export interface DispersionCoefficient {
  /** Ha bohr^6 */
  c6: number;
  byFirst: number;
  bySecond: number;
}

/** C6 between all atoms, count x count, and its derivative by the coordination number of the first. */
export interface CoefficientTable {
  count: number;
  c6: Float64Array;
  byFirst: Float64Array;
}

export function tabulateCoefficients(
  atomicNumbers: readonly number[],
  coordinationNumbers: Float64Array,
): CoefficientTable {
  const count = atomicNumbers.length;
  const c6 = new Float64Array(count * count);
  const byFirst = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = i; j < count; j++) {
      const pair = dispersionCoefficient(
        [atomicNumbers[i]!, coordinationNumbers[i]!],
        [atomicNumbers[j]!, coordinationNumbers[j]!],
      );
      c6[i * count + j] = pair.c6;
      c6[j * count + i] = pair.c6;
      byFirst[j * count + i] = pair.bySecond;
      byFirst[i * count + j] = pair.byFirst;
    }
  }
  return { count, c6, byFirst };
}

interface ReferenceTable {
  /** Index of the first reference of each atomic number, and one behind the last. */
  first: Int32Array;
  coordination: Float64Array;
  /** Lower triangle by rows. */
  c6: Float64Array;
}

let table: ReferenceTable | undefined;

/** The width k_3 of the Gaussians, eq. 16. */
const K3 = 4;

/**
 * C6^AB = sum c w / sum w over the reference systems a of A and b of B, w = exp(-k_3 [(CN_A - CN_a)^2 + (CN_B - CN_b)^2]):
 * Grimme, Antony, Ehrlich and Krieg, J. Chem. Phys. 132, 154104 (2010), eq. 16.
 */
export function dispersionCoefficient(
  [firstZ, firstCn]: readonly [number, number],
  [secondZ, secondCn]: readonly [number, number],
): DispersionCoefficient {
  table ??= readTable();
  const { first, coordination, c6 } = table;
  // All weights relative to the largest: far from every reference they would vanish together, and the nearest one remains.
  const nearest =
    nearestSquare(coordination, first, firstZ, firstCn) + nearestSquare(coordination, first, secondZ, secondCn);
  let [weights, sum, byFirst, bySecond, weightsByFirst, weightsBySecond] = [0, 0, 0, 0, 0, 0];
  for (let a = first[firstZ]!; a < first[firstZ + 1]!; a++) {
    const da = firstCn - coordination[a]!;
    for (let b = first[secondZ]!; b < first[secondZ + 1]!; b++) {
      const db = secondCn - coordination[b]!;
      const weight = Math.exp(-K3 * (da * da + db * db - nearest));
      const c = a >= b ? c6[(a * (a + 1)) / 2 + b]! : c6[(b * (b + 1)) / 2 + a]!;
      weights += weight;
      sum += c * weight;
      byFirst -= 2 * K3 * da * c * weight;
      bySecond -= 2 * K3 * db * c * weight;
      weightsByFirst -= 2 * K3 * da * weight;
      weightsBySecond -= 2 * K3 * db * weight;
    }
  }
  const value = sum / weights;
  return {
    c6: value,
    byFirst: (byFirst - value * weightsByFirst) / weights,
    bySecond: (bySecond - value * weightsBySecond) / weights,
  };
}

function nearestSquare(coordination: Float64Array, first: Int32Array, z: number, cn: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let a = first[z]!; a < first[z + 1]!; a++) nearest = Math.min(nearest, (cn - coordination[a]!) ** 2);
  return nearest;
}

function readTable(): ReferenceTable {
  const references = d3References
    .trim()
    .split(/,\s*/)
    .filter((reference) => reference !== '')
    .map((reference) => reference.split(' ').map(Number) as [number, number]);
  const last = references.at(-1)![0];
  return {
    first: Int32Array.from({ length: last + 2 }, (_, z) => {
      const index = references.findIndex(([atomicNumber]) => atomicNumber >= z);
      return index < 0 ? references.length : index;
    }),
    coordination: Float64Array.from(references, ([, cn]) => cn),
    c6: Float64Array.from(d3Coefficients.trim().split(/\s+/), Number),
  };
}
