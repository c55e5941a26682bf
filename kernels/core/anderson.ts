import { solveReal } from './dense';
import { addRow, combineRows } from './rows';

export interface AndersonOptions {
  /** The scalar product in which residuals are made small. */
  product(a: Float64Array, b: Float64Array): number;
  /** What is added of a residual: a fraction, or a preconditioned one. In place. */
  precondition(residual: Float64Array): void;
  history?: number;
}

/** Finds a fixed point x = F(x): the next x from this one and F of it. */
export type FixedPointMixer = (input: Float64Array, output: Float64Array) => Float64Array;

/**
 * Anderson mixing (Anderson, J. ACM 12, 547 (1965); type II of Fang and Saad, Numer. Linear Algebra Appl. 16, 197 (2009)):
 * the residuals of earlier steps are combined to the smallest one, and the preconditioned rest is added.
 */
export function createAndersonMixer({ product, precondition, history = 10 }: AndersonOptions): FixedPointMixer {
  // The latest steps, the oldest of which gives way, and the products of all their residuals.
  const inputSteps: Float64Array[] = [];
  const residualSteps: Float64Array[] = [];
  const products = new Float64Array(history * history);
  let stepCount = 0;
  let last: { input: Float64Array; residual: Float64Array } | null = null;
  const remember = (inputStep: Float64Array, residualStep: Float64Array) => {
    const slot = stepCount++ % history;
    inputSteps[slot] = inputStep;
    residualSteps[slot] = residualStep;
    for (let other = 0; other < residualSteps.length; other++) {
      const value = product(residualStep, residualSteps[other]!);
      products[slot * history + other] = value;
      products[other * history + slot] = value;
    }
  };
  return (input, output) => {
    const residual = combineRows(output, -1, input);
    if (last) remember(combineRows(input, -1, last.input), combineRows(residual, -1, last.residual));
    last = { input, residual };
    const right = Float64Array.from(residualSteps, (step) => product(step, residual));
    const weights = leastSquares(products, history, right);
    const next = input.slice();
    const rest = residual.slice();
    for (let h = 0; h < weights.length; h++) {
      addRow(next.length, next, 0, -weights[h]!, inputSteps[h]!, 0);
      addRow(rest.length, rest, 0, -weights[h]!, residualSteps[h]!, 0);
    }
    precondition(rest);
    return combineRows(next, 1, rest);
  };
}

/** Weights that make residual - sum w_h steps_h smallest, of the steps' products (rows of `stride`) and those with the residual. */
function leastSquares(products: Float64Array, stride: number, right: Float64Array): Float64Array {
  const n = right.length;
  const scale = right.map((_, i) => 1 / Math.sqrt(products[i * stride + i]! || 1));
  const A = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) A[i * n + j] = products[i * stride + j]! * scale[i]! * scale[j]!;
    // Nearly dependent steps carry no information: a trace of damping keeps the solution small.
    A[i * n + i]! += 1e-12;
  }
  const solution = solveReal(
    n,
    A,
    right.map((value, i) => value * scale[i]!),
  );
  return solution ? solution.map((w, i) => w * scale[i]!) : new Float64Array(n);
}
