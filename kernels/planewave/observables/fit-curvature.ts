import { solveReal } from '../../core/dense';

export interface CurvatureFit {
  /** d^2E/ds^2 at the extremum, Ha bohr^2. */
  curvature: number;
  /** Largest distance that was used, 1/bohr. */
  range: number;
  /** Largest difference between fit and energies, Ha. */
  error: number;
}

/** Eigenvalues are as uncertain as this, Ha, however well a polynomial runs through a few of them. */
const NOISE_HARTREE = 2e-6;

/**
 * Fits E(s) around s = 0 by a polynomial of fourth order, of even powers where E(-s) = E(s). Of all ranges that is taken whose
 * scatter, divided by the square of the range, is least: a wide one where the scatter is noise (the plane waves change from k to
 * k), a narrow one where the band bends away from any polynomial. Null where the energies are flat.
 * @param distances s, 1/bohr, 0 among them.
 * @param energies Ha.
 */
export function fitCurvature(
  distances: readonly number[],
  energies: readonly number[],
  isMirrored: boolean,
): CurvatureFit | null {
  const ranges = [...new Set(distances.map((s) => Math.abs(s)))].filter((s) => s > 0);
  const orders = isMirrored
    ? [
        [0, 2, 4],
        [0, 2],
      ]
    : [
        [0, 1, 2, 3, 4],
        [0, 1, 2],
      ];
  // Quadratic, and with no more points than coefficients, only where there are too few points for better.
  for (const [powers, spare] of [
    [orders[0]!, 2],
    [orders[1]!, 1],
    [orders[1]!, 0],
  ] as const) {
    const fits = ranges.flatMap((range) => {
      const members = distances.flatMap((s, i) => (Math.abs(s) <= range * (1 + 1e-9) ? [i] : []));
      if (members.length < powers.length + spare) return [];
      const fit = fitPolynomial(
        members.map((i) => distances[i]! / range),
        members.map((i) => energies[i]!),
        powers,
      );
      return fit ? [{ ...fit, range, curvature: fit.curvature / range ** 2, merit: fit.scatter / range ** 2 }] : [];
    });
    if (fits.length === 0) continue;
    const { curvature, range, error } = fits.reduce((best, fit) => (fit.merit < best.merit ? fit : best));
    return { curvature, range, error };
  }
  return null;
}

/** Least squares of sum_p c_p x^p; null where the energies are flat. */
function fitPolynomial(x: readonly number[], energies: readonly number[], powers: readonly number[]) {
  if (Math.max(...energies) - Math.min(...energies) < 2 * NOISE_HARTREE) return null;
  const size = powers.length;
  const base = energies[x.indexOf(0)]!;
  const normal = new Float64Array(size * size);
  const right = new Float64Array(size);
  x.forEach((at, point) => {
    const terms = powers.map((p) => at ** p);
    for (let i = 0; i < size; i++) {
      right[i]! += terms[i]! * (energies[point]! - base);
      for (let j = 0; j < size; j++) normal[i * size + j]! += terms[i]! * terms[j]!;
    }
  });
  const coefficients = solveReal(size, normal, right);
  if (!coefficients) return null;
  const derivative = (at: number, order: number) =>
    powers.reduce((sum, p, i) => {
      let factor = 1;
      for (let k = 0; k < order; k++) factor *= p - k;
      return factor === 0 ? sum : sum + coefficients[i]! * factor * at ** (p - order);
    }, 0);
  const residuals = x.map((at, point) => derivative(at, 0) - (energies[point]! - base));
  const squares = residuals.reduce((sum, residual) => sum + residual * residual, 0);
  return {
    curvature: derivative(findExtremum(derivative), 2),
    scatter: Math.max(NOISE_HARTREE, Math.sqrt(squares / Math.max(1, x.length - size))),
    error: Math.max(...residuals.map(Math.abs)),
  };
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
