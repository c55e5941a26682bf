import { solveReal } from './dense';

/** Where a minimisation stands; plain JSON, so that a stopped one goes on from it. */
export interface QuasiNewtonState {
  /** The best point so far with its value and gradient; null before the first was told. */
  best: { x: number[]; value: number; gradient: number[] } | null;
  /** The point that is to be evaluated next. */
  trial: number[];
  /** Model of the second derivatives, n x n. */
  hessian: number[];
  /** How long the next step may be. */
  radius: number;
}

export interface QuasiNewtonOptions {
  largestRadius: number;
  /** Length of a step: what the radius bounds. */
  lengthOf(step: readonly number[]): number;
  /** Values that differ by less count as equal. */
  noise: number;
}

/**
 * One step of a quasi-Newton minimisation with the update of Broyden, Fletcher, Goldfarb and Shanno and a trust radius (Nocedal and Wright,
 * Numerical Optimization, 2nd ed., chapters 4 and 6): takes value and gradient at the trial point and says where to go next. A point
 * that lies higher is left again, with a shorter step from the best one.
 */
export function advance(
  state: QuasiNewtonState,
  value: number,
  gradient: readonly number[],
  options: QuasiNewtonOptions,
): { state: QuasiNewtonState; isAccepted: boolean } {
  const { best, trial } = state;
  let { hessian, radius } = state;
  let isAccepted = true;
  if (best) {
    const step = subtract(trial, best.x);
    const length = options.lengthOf(step);
    const predicted = dot(best.gradient, step) + 0.5 * dot(step, product(hessian, step));
    hessian = update(hessian, step, subtract(gradient, best.gradient));
    const gained = value - best.value;
    isAccepted = gained <= options.noise;
    const ratio = predicted < -options.noise ? gained / predicted : 1;
    if (!isAccepted) radius = 0.4 * length;
    else if (ratio < 0.25) radius = 0.5 * length;
    else if (ratio > 0.75 && length > 0.7 * radius) radius = Math.min(2 * radius, options.largestRadius);
  }
  const from = isAccepted ? { x: trial, value, gradient: [...gradient] } : best!;
  const next = add(from.x, limited(newtonStep(hessian, from.gradient), radius, options));
  return { state: { best: from, trial: next, hessian, radius }, isAccepted };
}

function newtonStep(hessian: readonly number[], gradient: readonly number[]): number[] {
  const n = gradient.length;
  const solution = solveReal(
    n,
    Float64Array.from(hessian),
    Float64Array.from(gradient, (g) => -g),
  );
  // The update keeps the model positive definite; steepest descent is left for what rounding may do.
  return solution && dot([...solution], gradient) < 0 ? [...solution] : gradient.map((g) => -g);
}

function limited(step: number[], radius: number, { lengthOf }: QuasiNewtonOptions): number[] {
  const length = lengthOf(step);
  return length > radius ? step.map((x) => (x * radius) / length) : step;
}

/** B + y y^T/(y.s) - B s s^T B/(s.B s), left as it is where the curvature along s is not positive. */
function update(hessian: number[], s: readonly number[], y: readonly number[]): number[] {
  const curvature = dot(s, y);
  const Bs = product(hessian, s);
  const sBs = dot(s, Bs);
  if (!(curvature > 1e-3 * sBs) || !(sBs > 0)) return hessian;
  const n = s.length;
  return hessian.map((b, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    return b + (y[row]! * y[column]!) / curvature - (Bs[row]! * Bs[column]!) / sBs;
  });
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const add = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x + b[i]!);
const subtract = (a: readonly number[], b: readonly number[]) => a.map((x, i) => x - b[i]!);

function product(matrix: readonly number[], x: readonly number[]): number[] {
  const n = x.length;
  return x.map((_, row) => {
    let sum = 0;
    for (let column = 0; column < n; column++) sum += matrix[row * n + column]! * x[column]!;
    return sum;
  });
}
