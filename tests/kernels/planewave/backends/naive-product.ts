import type { Op } from '@/kernels/planewave/backends/backend';

/** alpha op(A) op(B) + beta C by the definition. */
export function naiveProduct(
  [opA, opB]: [Op, Op],
  [m, n, k]: [number, number, number],
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
  [alpha, beta]: [number, number],
): Float64Array {
  const entry = (op: Op, X: Float64Array, rows: number, columns: number, i: number, j: number) => {
    const at = op === 'N' ? 2 * (j * rows + i) : 2 * (i * columns + j);
    return [X[at]!, op === 'N' ? X[at + 1]! : -X[at + 1]!] as const;
  };
  const result = C.slice();
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let re = 0;
      let im = 0;
      for (let p = 0; p < k; p++) {
        const [ar, ai] = entry(opA, A, m, k, i, p);
        const [br, bi] = entry(opB, B, k, n, p, j);
        re += ar * br - ai * bi;
        im += ar * bi + ai * br;
      }
      const at = 2 * (j * m + i);
      result[at] = alpha * re + (beta && beta * C[at]!);
      result[at + 1] = alpha * im + (beta && beta * C[at + 1]!);
    }
  }
  return result;
}
