import { expect, it } from 'vitest';
import type { Backend } from '@/kernels/planewave/backends/backend';
import { eachBackend } from './each-backend';
import { maxDifference, randomNumbers } from './numbers';

function randomHermitian(n: number, seed: number): Float64Array {
  const X = randomNumbers(2 * n * n, seed);
  const A = new Float64Array(2 * n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      A[2 * (j * n + i)] = X[2 * (j * n + i)]! + X[2 * (i * n + j)]!;
      A[2 * (j * n + i) + 1] = X[2 * (j * n + i) + 1]! - X[2 * (i * n + j) + 1]!;
    }
  }
  return A;
}

/** U diag(values) U^H with the unitary U of another eigenproblem. */
async function withSpectrum(backend: Backend, values: number[], seed: number): Promise<Float64Array> {
  const n = values.length;
  const { vectors } = await backend.eigh(n, randomHermitian(n, seed));
  const scaled = vectors.map((x, i) => x * values[Math.floor(i / (2 * n))]!);
  const A = new Float64Array(2 * n * n);
  await backend.gemm('N', 'C', n, n, n, scaled, vectors, A);
  // Rounding leaves A Hermitian only to 1e-16.
  for (let i = 0; i < n; i++) {
    A[2 * (i * n + i) + 1] = 0;
    for (let j = 0; j < i; j++) {
      A[2 * (i * n + j)] = A[2 * (j * n + i)]!;
      A[2 * (i * n + j) + 1] = -A[2 * (j * n + i) + 1]!;
    }
  }
  return A;
}

/** Solves and checks A V = V diag(values), V^H V = 1, ascending order, A untouched. */
async function expectSolved(backend: Backend, n: number, A: Float64Array): Promise<Float64Array> {
  const kept = A.slice();
  const { values, vectors } = await backend.eigh(n, A);
  expect(A).toEqual(kept);
  expect(values).toEqual(values.slice().sort());
  const norm = Math.max(...values.map(Math.abs), 1e-300);
  const overlap = new Float64Array(2 * n * n);
  await backend.gemm('C', 'N', n, n, n, vectors, vectors, overlap);
  expect(maxDifference(overlap, diagonal(new Array(n).fill(1)))).toBeLessThan(1e-13);
  const product = vectors.map((x, i) => x * values[Math.floor(i / (2 * n))]!);
  await backend.gemm('N', 'N', n, n, n, A, vectors, product, 1, -1);
  expect(maxDifference(product, new Float64Array(product.length))).toBeLessThan(1e-13 * norm);
  return values;
}

function diagonal(entries: number[]): Float64Array {
  const A = new Float64Array(2 * entries.length ** 2);
  entries.forEach((entry, i) => {
    A[2 * (i * entries.length + i)] = entry;
  });
  return A;
}

eachBackend('Hermitian eigenproblems', (backend) => {
  for (const n of [1, 2, 3, 4, 5, 17, 120]) {
    it(`are solved for a random matrix of order ${n}`, async () => {
      await expectSolved(backend(), n, randomHermitian(n, n));
    });
  }

  it('give the trace as the sum of the values', async () => {
    const A = randomHermitian(30, 5);
    const values = await expectSolved(backend(), 30, A);
    const trace = values.map((_, i) => A[2 * (i * 30 + i)]!).reduce((sum, x) => sum + x, 0);
    expect(values.reduce((sum, x) => sum + x, 0)).toBeCloseTo(trace, 11);
  });

  it('are solved for [[2, i], [-i, 2]]', async () => {
    const values = await expectSolved(backend(), 2, Float64Array.of(2, 0, 0, -1, 0, 1, 2, 0));
    expect(values[0]).toBeCloseTo(1, 14);
    expect(values[1]).toBeCloseTo(3, 14);
  });

  it('are solved for diagonal matrices, sorted', async () => {
    expect([...(await expectSolved(backend(), 5, diagonal([3, -1, 2, 3, 0])))]).toEqual([-1, 0, 2, 3, 3]);
    expect([...(await expectSolved(backend(), 4, diagonal([0, 0, 0, 0])))]).toEqual([0, 0, 0, 0]);
  });

  it('are solved for degenerate and for clustered spectra', async () => {
    const spectra = [
      [1, 1, 1, 1, 1, 1],
      [...new Array(20).fill(-2), ...new Array(20).fill(0), ...new Array(20).fill(5)],
      Array.from({ length: 40 }, (_, i) => 1 + 1e-13 * i),
      Array.from({ length: 30 }, (_, i) => 10 ** (i - 20)),
    ];
    for (const spectrum of spectra) {
      const values = await expectSolved(backend(), spectrum.length, await withSpectrum(backend(), spectrum, 3));
      expect(maxDifference(values, Float64Array.from(spectrum))).toBeLessThan(
        1e-13 * Math.max(...spectrum.map(Math.abs)),
      );
    }
  });

  it('are solved at very small and very large scales', async () => {
    const A = randomHermitian(12, 8);
    for (const scale of [1e-150, 1e150])
      await expectSolved(
        backend(),
        12,
        A.map((x) => x * scale),
      );
  });

  it('refuse a matrix with a number that is not finite', async () => {
    const A = randomHermitian(6, 1);
    A[10] = Number.NaN;
    await expect(backend().eigh(6, A)).rejects.toMatchObject({ code: 'EIGH_FAILED' });
  });
});
