import { solveReal } from '../../core/dense';
import type { PlaneWaves } from '../basis/plane-waves';

export interface Mixer {
  /** The next input density from this input and its output; both interleaved on the density's plane waves. */
  next(input: Float64Array, output: Float64Array): Float64Array;
}

export interface MixingOptions {
  /** Share of the (preconditioned) residual that is added. */
  fraction: number;
  /** Screens long waves by G^2/(G^2 + k0^2): Kerker, Phys. Rev. B 23, 3082 (1981). Null for none. */
  kerkerWaveVector: number | null;
}

const HISTORY = 10;

/**
 * Anderson mixing (Anderson, J. ACM 12, 547 (1965); type II of Fang and Saad): the residuals of earlier steps are combined
 * to the smallest one in the metric of the Hartree energy, 4 pi/G^2, and the preconditioned rest is added.
 */
export function createMixer(waves: PlaneWaves, { fraction, kerkerWaveVector }: MixingOptions): Mixer {
  const metric = waves.squares.map((square) => (square < 1e-12 ? 0 : 1 / square));
  const damping = waves.squares.map((square) =>
    kerkerWaveVector === null ? fraction : (fraction * square) / (square + kerkerWaveVector ** 2),
  );
  const inputSteps: Float64Array[] = [];
  const residualSteps: Float64Array[] = [];
  let last: { input: Float64Array; residual: Float64Array } | null = null;
  const product = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += metric[i >> 1]! * a[i]! * b[i]!;
    return sum;
  };
  return {
    next(input, output) {
      const residual = subtract(output, input);
      if (last) {
        inputSteps.unshift(subtract(input, last.input));
        residualSteps.unshift(subtract(residual, last.residual));
        inputSteps.length = Math.min(inputSteps.length, HISTORY);
        residualSteps.length = Math.min(residualSteps.length, HISTORY);
      }
      last = { input, residual };
      const weights = leastSquares(residualSteps, residual, product);
      const next = input.slice();
      for (let i = 0; i < next.length; i++) {
        let step = residual[i]!;
        for (let h = 0; h < weights.length; h++) {
          step -= weights[h]! * residualSteps[h]![i]!;
          next[i]! -= weights[h]! * inputSteps[h]![i]!;
        }
        next[i]! += damping[i >> 1]! * step;
      }
      return next;
    },
  };
}

/** Weights that make residual - sum w_h steps_h smallest; the newest steps that are linearly independent. */
function leastSquares(
  steps: Float64Array[],
  residual: Float64Array,
  product: (a: Float64Array, b: Float64Array) => number,
): Float64Array {
  const n = steps.length;
  if (n === 0) return new Float64Array(0);
  const scale = steps.map((step) => 1 / Math.sqrt(product(step, step)));
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
