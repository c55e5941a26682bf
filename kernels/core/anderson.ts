import { solveReal } from './dense';

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
  const inputSteps: Float64Array[] = [];
  const residualSteps: Float64Array[] = [];
  let last: { input: Float64Array; residual: Float64Array } | null = null;
  return (input, output) => {
    const residual = subtract(output, input);
    if (last) {
      inputSteps.unshift(subtract(input, last.input));
      residualSteps.unshift(subtract(residual, last.residual));
      inputSteps.length = Math.min(inputSteps.length, history);
      residualSteps.length = Math.min(residualSteps.length, history);
    }
    last = { input, residual };
    const weights = leastSquares(residualSteps, residual, product);
    const next = input.slice();
    const rest = residual.slice();
    weights.forEach((weight, h) => {
      const [x, r] = [inputSteps[h]!, residualSteps[h]!];
      for (let i = 0; i < next.length; i++) {
        next[i]! -= weight * x[i]!;
        rest[i]! -= weight * r[i]!;
      }
    });
    precondition(rest);
    for (let i = 0; i < next.length; i++) next[i]! += rest[i]!;
    return next;
  };
}

/** Weights that make residual - sum w_h steps_h smallest. */
function leastSquares(
  steps: Float64Array[],
  residual: Float64Array,
  product: AndersonOptions['product'],
): Float64Array {
  const n = steps.length;
  if (n === 0) return new Float64Array(0);
  const scale = steps.map((step) => 1 / Math.sqrt(product(step, step) || 1));
  const A = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      A[i * n + j] = product(steps[i]!, steps[j]!) * scale[i]! * scale[j]!;
      A[j * n + i] = A[i * n + j]!;
    }
    // Nearly dependent steps carry no information: a trace of damping keeps the solution small.
    A[i * n + i]! += 1e-12;
  }
  const right = Float64Array.from(steps, (step, i) => product(step, residual) * scale[i]!);
  const solution = solveReal(n, A, right);
  return solution ? solution.map((w, i) => w * scale[i]!) : new Float64Array(n);
}

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}
