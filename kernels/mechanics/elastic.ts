import { solveReal } from '../core/dense';
import { KernelError } from '../core/errors';
import type { Matrix3 } from '../crystal/schema';
import { kelvinFactors, rotate, toKelvin, voigtAxes } from './voigt';

/** A small strain of space and the stress that it made beyond that at rest: symmetric tensors, the stress positive under tension. */
export interface Response {
  strain: Matrix3;
  stress: Matrix3;
}

/** The unit strain of one of Voigt's six: of a length, or of an angle (half of it on either side of the diagonal). */
export function unitStrain(index: number): Matrix3 {
  const [a, b] = voigtAxes[index]!;
  const strain: Matrix3 = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  strain[a]![b] = strain[b]![a] = a === b ? 1 : 0.5;
  return strain;
}

/** The deformation I + amplitude times a unit strain. */
export const strained = (index: number, amplitude: number): Matrix3 =>
  unitStrain(index).map((row, i) => row.map((x, j) => (i === j ? 1 : 0) + amplitude * x)) as unknown as Matrix3;

/** What is left of a vector of length 1 that lies within a span counts as nothing. */
const SPAN_TOLERANCE = 1e-6;

/**
 * Which of Voigt's six strains tell, with those that the crystal's rotations (cartesian) make of them, all elastic constants: all six
 * without symmetry, xx and yz of a cubic crystal.
 */
export function tellingStrains(rotations: readonly Matrix3[]): number[] {
  const images = voigtAxes.map((_, i) => [
    toKelvin(unitStrain(i)),
    ...rotations.map((R) => toKelvin(rotate(unitStrain(i), R))),
  ]);
  const basis: number[][] = [];
  const chosen: number[] = [];
  while (basis.length < voigtAxes.length) {
    const gains = images.map((vectors, i) => (chosen.includes(i) ? [] : newDirections(basis, vectors)));
    const best = gains.reduce((best, gain, i) => (gain.length > gains[best]!.length ? i : best), 0);
    chosen.push(best);
    basis.push(...gains[best]!);
  }
  return chosen.sort((a, b) => a - b);
}

/** Orthonormal vectors by which these reach beyond a basis. */
function newDirections(basis: readonly number[][], vectors: readonly number[][]): number[][] {
  const added: number[][] = [];
  for (const vector of vectors) {
    let rest = vector;
    // Twice, for what rounding leaves.
    for (const known of [...basis, ...added, ...basis, ...added]) {
      const share = rest.reduce((sum, x, i) => sum + x * known[i]!, 0);
      rest = rest.map((x, i) => x - share * known[i]!);
    }
    const length = Math.hypot(...rest);
    if (length > SPAN_TOLERANCE) added.push(rest.map((x) => x / length));
  }
  return added;
}

export interface ElasticFit {
  /** 6 x 6 in Voigt's order and notation, symmetric and invariant under the rotations; in the unit of the stresses. */
  stiffness: number[][];
  /** Root of the mean square of what it leaves of the stresses, for a strain of 1. */
  residual: number;
}

/**
 * Elastic constants, d stress / d strain, from responses and those that the crystal's rotations (cartesian) make of them, by least squares
 * over the 21 of a symmetric matrix (Nye, Physical Properties of Crystals, 1957). Throws KernelError `few-strains` where they leave some open.
 */
export function fitElastic(responses: readonly Response[], rotations: readonly Matrix3[]): ElasticFit {
  const pairs = responses.flatMap(({ strain, stress }) =>
    rotations.map((R) => ({ e: toKelvin(rotate(strain, R)), s: toKelvin(rotate(stress, R)) })),
  );
  const places = Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => placeOf(i, j)));
  const count = 21;
  const matrix = new Float64Array(count * count);
  const right = new Float64Array(count);
  for (const { e, s } of pairs)
    for (let i = 0; i < 6; i++) {
      const row = places[i]!;
      for (let j = 0; j < 6; j++) {
        right[row[j]!] = right[row[j]!]! + e[j]! * s[i]!;
        for (let k = 0; k < 6; k++) {
          const at = row[j]! * count + row[k]!;
          matrix[at] = matrix[at]! + e[j]! * e[k]!;
        }
      }
    }
  const found = solveReal(count, matrix, right);
  if (!found?.every(Number.isFinite) || !isTold(responses, rotations))
    throw new KernelError('few-strains', 'These strains do not tell all elastic constants.');
  const kelvin = places.map((row) => row.map((place) => found[place]!));
  let squares = 0;
  for (const { e, s } of pairs)
    for (let i = 0; i < 6; i++) squares += (s[i]! - kelvin[i]!.reduce((sum, c, j) => sum + c * e[j]!, 0)) ** 2;
  return {
    stiffness: kelvin.map((row, i) => row.map((c, j) => c / (kelvinFactors[i]! * kelvinFactors[j]!))),
    residual: Math.sqrt(squares / (6 * pairs.length)),
  };
}

/** Of the pair (i, j) among the 21 of a symmetric matrix. */
function placeOf(i: number, j: number): number {
  const [low, high] = i < j ? [i, j] : [j, i];
  return (high * (high + 1)) / 2 + low;
}

/** A symmetric matrix is told where the strains span all six directions. */
const isTold = (responses: readonly Response[], rotations: readonly Matrix3[]) =>
  newDirections(
    [],
    responses.flatMap(({ strain }) => rotations.map((R) => toKelvin(rotate(strain, R)))),
  ).length === 6;
