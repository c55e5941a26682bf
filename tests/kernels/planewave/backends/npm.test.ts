import { InferenceSession } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Backend, Op } from '@/kernels/planewave/backends/backend';
import { createNpmBackend } from '@/kernels/planewave/backends/npm.native';
import { encodeProductModel } from '@/kernels/planewave/backends/onnx-model';
import { readPlanewaveWasm } from '@/kernels/planewave/backends/wasm-bytes.native';
import { naiveProduct } from './naive-product';
import { maxDifference, randomNumbers } from './numbers';

describe('the npm back end', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = (await createNpmBackend(await readPlanewaveWasm()))!;
  });
  afterAll(() => backend.dispose());

  /** How often any session of the runtime ran while the work was done. */
  async function countRuns(work: () => Promise<void>): Promise<number> {
    const session = await InferenceSession.create(encodeProductModel('MatMul'));
    const run = vi.spyOn(Object.getPrototypeOf(session) as InferenceSession, 'run');
    await work();
    const { length } = run.mock.calls;
    run.mockRestore();
    await session.release();
    return length;
  }

  for (const pair of [
    ['N', 'N'],
    ['C', 'N'],
    ['N', 'C'],
    ['C', 'C'],
  ] as [Op, Op][]) {
    it(`makes large products ${pair.join(', ')} with the runtime`, async () => {
      const [m, n, k] = [63, 61, 70] as const;
      const [A, B, C] = [randomNumbers(2 * m * k, 1), randomNumbers(2 * k * n, 2), randomNumbers(2 * m * n, 3)];
      const expected = naiveProduct(pair, [m, n, k], A, B, C, [0.5, -2]);
      const runs = await countRuns(() => backend.gemm(...pair, m, n, k, A, B, C, 0.5, -2));
      expect(runs).toBeGreaterThan(0);
      expect(maxDifference(C, expected)).toBeLessThan(1e-12);
    });
  }

  it('takes views and works long orbitals block by block', async () => {
    const [m, n, k] = [62, 60, 2500] as const;
    const store = randomNumbers(3 + 2 * m * k + 2 * k * n, 4);
    const [A, B] = [store.subarray(3, 3 + 2 * m * k), store.subarray(3 + 2 * m * k)];
    const C = new Float64Array(2 * m * n).fill(Number.NaN);
    const runs = await countRuns(() => backend.gemm('C', 'N', m, n, k, A, B, C));
    expect(runs).toBeGreaterThan(1);
    const expected = naiveProduct(['C', 'N'], [m, n, k], A, B, new Float64Array(C.length), [1, 0]);
    expect(maxDifference(C, expected)).toBeLessThan(1e-11);
  });

  it('leaves small products to wasm', async () => {
    const C = new Float64Array(8);
    const runs = await countRuns(() => backend.gemm('N', 'N', 2, 2, 1, randomNumbers(4, 1), randomNumbers(4, 2), C));
    expect(runs).toBe(0);
    expect(C.some((x) => x !== 0)).toBe(true);
  });
});
