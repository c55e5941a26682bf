/**
 * Small dense linear algebra for which a back end would be too heavy: radial atoms, subspaces, least squares.
 * Complex matrices are column-major interleaved pairs, as in the back ends.
 */

/**
 * Lower Cholesky factor L of a complex Hermitian positive-definite n x n matrix, A = L L^H.
 * Returns null when a pivot falls below `tolerance` times the largest diagonal element.
 */
export function choleskyComplex(n: number, A: Float64Array, tolerance = 1e-14): Float64Array | null {
  const L = new Float64Array(2 * n * n);
  let largest = 0;
  for (let j = 0; j < n; j++) largest = Math.max(largest, A[2 * (j * n + j)]!);
  for (let j = 0; j < n; j++) {
    let diagonal = A[2 * (j * n + j)]!;
    for (let k = 0; k < j; k++) {
      const re = L[2 * (k * n + j)]!;
      const im = L[2 * (k * n + j) + 1]!;
      diagonal -= re * re + im * im;
    }
    if (!(diagonal > tolerance * largest)) return null;
    const pivot = Math.sqrt(diagonal);
    L[2 * (j * n + j)] = pivot;
    for (let i = j + 1; i < n; i++) {
      let re = A[2 * (j * n + i)]!;
      let im = A[2 * (j * n + i) + 1]!;
      for (let k = 0; k < j; k++) {
        const ar = L[2 * (k * n + i)]!;
        const ai = L[2 * (k * n + i) + 1]!;
        const br = L[2 * (k * n + j)]!;
        const bi = L[2 * (k * n + j) + 1]!;
        re -= ar * br + ai * bi;
        im -= ai * br - ar * bi;
      }
      L[2 * (j * n + i)] = re / pivot;
      L[2 * (j * n + i) + 1] = im / pivot;
    }
  }
  return L;
}

/** L^-H, upper triangular, for a lower Cholesky factor L: columns of X L^-H are orthonormal when X^H X = L L^H. */
export function inverseConjugateTranspose(n: number, L: Float64Array): Float64Array {
  const inverse = new Float64Array(2 * n * n);
  for (let j = 0; j < n; j++) {
    // Column j of L^-1 by forward substitution, stored conjugate-transposed as row j.
    const re = new Float64Array(n);
    const im = new Float64Array(n);
    for (let i = j; i < n; i++) {
      let sr = i === j ? 1 : 0;
      let si = 0;
      for (let k = j; k < i; k++) {
        const lr = L[2 * (k * n + i)]!;
        const li = L[2 * (k * n + i) + 1]!;
        sr -= lr * re[k]! - li * im[k]!;
        si -= lr * im[k]! + li * re[k]!;
      }
      const pivot = L[2 * (i * n + i)]!;
      re[i] = sr / pivot;
      im[i] = si / pivot;
      inverse[2 * (i * n + j)] = re[i]!;
      inverse[2 * (i * n + j) + 1] = -im[i]!;
    }
  }
  return inverse;
}

/** Eigenvalues (ascending) and eigenvectors (column j at n*j) of a real symmetric matrix by cyclic Jacobi rotations. */
export function eighReal(n: number, matrix: Float64Array): { values: Float64Array; vectors: Float64Array } {
  const A = matrix.slice();
  const V = new Float64Array(n * n);
  for (let i = 0; i < n; i++) V[i * n + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let norm = 0;
    for (let i = 0; i < n; i++) {
      norm += A[i * n + i]! ** 2;
      for (let j = 0; j < i; j++) off += A[i * n + j]! ** 2;
    }
    if (off <= 1e-30 * norm) break;
    // What all together would pass is left as it is: late sweeps have few elements to rotate.
    const negligible = Math.sqrt(1e-31 * norm) / n;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) if (Math.abs(A[p * n + q]!) > negligible) rotate(n, A, V, p, q);
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => A[a * n + a]! - A[b * n + b]!);
  const values = new Float64Array(n);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    values[to] = A[from * n + from]!;
    for (let i = 0; i < n; i++) vectors[to * n + i] = V[from * n + i]!;
  });
  return { values, vectors };
}

function rotate(n: number, A: Float64Array, V: Float64Array, p: number, q: number): void {
  const apq = A[p * n + q]!;
  const theta = (A[q * n + q]! - A[p * n + p]!) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const akp = A[k * n + p]!;
    const akq = A[k * n + q]!;
    A[k * n + p] = c * akp - s * akq;
    A[k * n + q] = s * akp + c * akq;
  }
  for (let k = 0; k < n; k++) {
    const apk = A[p * n + k]!;
    const aqk = A[q * n + k]!;
    A[p * n + k] = c * apk - s * aqk;
    A[q * n + k] = s * apk + c * aqk;
    const vpk = V[p * n + k]!;
    const vqk = V[q * n + k]!;
    V[p * n + k] = c * vpk - s * vqk;
    V[q * n + k] = s * vpk + c * vqk;
  }
}

/** Solution of the real n x n system A x = b by Gaussian elimination with partial pivoting; A is row-major. Null if singular. */
export function solveReal(n: number, matrix: Float64Array, right: Float64Array): Float64Array | null {
  const A = matrix.slice();
  const x = right.slice();
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(A[row * n + column]!) > Math.abs(A[pivot * n + column]!)) pivot = row;
    }
    if (!(Math.abs(A[pivot * n + column]!) > 1e-300)) return null;
    if (pivot !== column) {
      for (let k = 0; k < n; k++) [A[column * n + k], A[pivot * n + k]] = [A[pivot * n + k]!, A[column * n + k]!];
      [x[column], x[pivot]] = [x[pivot]!, x[column]!];
    }
    for (let row = column + 1; row < n; row++) {
      const factor = A[row * n + column]! / A[column * n + column]!;
      for (let k = column; k < n; k++) A[row * n + k]! -= factor * A[column * n + k]!;
      x[row]! -= factor * x[column]!;
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = x[row]!;
    for (let k = row + 1; k < n; k++) sum -= A[row * n + k]! * x[k]!;
    x[row] = sum / A[row * n + row]!;
  }
  return x;
}

/**
 * Combinations (row by row) that are orthonormal in the metric of a real symmetric positive-definite n x n matrix:
 * C A C^T = 1, C lower triangular, the inverse of the Cholesky factor of A.
 */
export function orthonormalCombinations(n: number, A: Float64Array): Float64Array {
  const L = new Float64Array(n * n);
  const C = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = A[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= L[i * n + k]! * L[j * n + k]!;
      L[i * n + j] = i === j ? Math.sqrt(rest) : rest / L[j * n + j]!;
    }
    const pivot = L[i * n + i]!;
    C[i * n + i] = 1 / pivot;
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += L[i * n + k]! * C[k * n + j]!;
      C[i * n + j] = -sum / pivot;
    }
  }
  return C;
}
