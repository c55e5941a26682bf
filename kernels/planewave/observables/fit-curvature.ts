import { solveReal } from '../../core/dense';

/** A fit may miss by this share of the energies it spans (the mass is then some ten times less exact), or by the noise of the eigenvalues. */
const RELATIVE_ERROR = 0.001;
const NOISE_HARTREE = 2e-6;

export interface CurvatureFit {
  /** d^2E/ds^2 at the extremum, Ha bohr^2. */
  curvature: number;
  /** Largest distance that was used, 1/bohr. */
  range: number;
  /** Largest difference between fit and energies, Ha. */
  error: number;
}

/**
 * Fits E(s) around s = 0 by a polynomial of fourth order (of even powers where E(-s) = E(s)) over the widest range that it
 * follows; where there is none over the narrowest, whose error is told. Null where the energies are flat.
 * @param distances s, 1/bohr, 0 among them. @param energies Ha.
 */
export function fitCurvature(
  distances: readonly number[],
  energies: readonly number[],
  isMirrored: boolean,
): CurvatureFit | null {
  const powers = isMirrored ? [0, 2, 4] : [0, 1, 2, 3, 4];
  const ranges = [...new Set(distances.map((s) => Math.abs(s)))].filter((s) => s > 0).sort((a, b) => b - a);
  let narrowest: CurvatureFit | null = null;
  for (const range of ranges) {
    const members = distances.flatMap((s, i) => (Math.abs(s) <= range * (1 + 1e-9) ? [i] : []));
    if (members.length < 3) break;
    const fit = fitPolynomial(
      members.map((i) => distances[i]!),
      members.map((i) => energies[i]!),
      powers.slice(0, members.length > powers.length ? powers.length : isMirrored ? 2 : 3),
      range,
    );
    if (!fit) continue;
    narrowest = { curvature: fit.curvature, range, error: fit.error };
    if (fit.error <= Math.max(RELATIVE_ERROR * fit.span, NOISE_HARTREE)) break;
  }
  return narrowest;
}

/** Least squares of sum_p c_p (s/range)^p; null where the energies are flat. */
function fitPolynomial(distances: number[], energies: number[], powers: number[], range: number) {
  const size = powers.length;
  const base = energies[distances.indexOf(0)]!;
  const normal = new Float64Array(size * size);
  const right = new Float64Array(size);
  distances.forEach((s, point) => {
    const terms = powers.map((p) => (s / range) ** p);
    for (let i = 0; i < size; i++) {
      right[i]! += terms[i]! * (energies[point]! - base);
      for (let j = 0; j < size; j++) normal[i * size + j]! += terms[i]! * terms[j]!;
    }
  });
  const coefficients = solveReal(size, normal, right);
  if (!coefficients) return null;
  const derivative = (x: number, order: number) =>
    powers.reduce((sum, p, i) => {
      let factor = 1;
      for (let k = 0; k < order; k++) factor *= p - k;
      return factor === 0 ? sum : sum + coefficients[i]! * factor * x ** (p - order);
    }, 0);
  const span = Math.max(...energies) - Math.min(...energies);
  if (span < 2 * NOISE_HARTREE) return null;
  const extremum = findExtremum(derivative);
  const error = Math.max(
    ...distances.map((s, point) => Math.abs(derivative(s / range, 0) - (energies[point]! - base))),
  );
  return { curvature: derivative(extremum, 2) / (range * range), span, error };
}

/** Newton's method from the edge; an edge that is no extremum on this line keeps the curvature at the edge. */
function findExtremum(derivative: (x: number, order: number) => number): number {
  let x = 0;
  for (let iteration = 0; iteration < 20; iteration++) {
    const step = derivative(x, 1) / derivative(x, 2);
    x -= step;
    if (!(Math.abs(x) <= 1)) return 0;
    if (Math.abs(step) < 1e-10) return x;
  }
  return 0;
}
