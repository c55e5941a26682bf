import { expect, it } from 'vitest';
import type { Op } from '@/kernels/planewave/backends/backend';
import { eachBackend } from './each-backend';
import { naiveProduct } from './naive-product';
import { maxDifference, randomNumbers } from './numbers';

const ops: [Op, Op][] = [
  ['N', 'N'],
  ['C', 'N'],
  ['N', 'C'],
  ['C', 'C'],
];
const shapes: [number, number, number][] = [
  [1, 1, 1],
  [2, 3, 4],
  [3, 1, 7],
  [5, 9, 31],
  [17, 13, 300],
  [65, 6, 257],
  [33, 34, 35],
];

eachBackend('matrix products', (backend) => {
  for (const pair of ops) {
    it(`equal the triple loop for ${pair.join(', ')}`, async () => {
      for (const [m, n, k] of shapes) {
        const A = randomNumbers(2 * m * k, m);
        const B = randomNumbers(2 * k * n, n);
        const C = randomNumbers(2 * m * n, k);
        for (const [alpha, beta] of [
          [1, 0],
          [-0.7, 1],
          [2, -0.3],
        ] as [number, number][]) {
          const result = C.slice();
          await backend().gemm(...pair, m, n, k, A, B, result, alpha, beta);
          const expected = naiveProduct(pair, [m, n, k], A, B, C, [alpha, beta]);
          expect(maxDifference(result, expected), `${m} x ${n} x ${k}`).toBeLessThan(1e-14 * (k + 10));
        }
      }
    });
  }

  it('equal the triple loop where blocks end inside the matrices', async () => {
    for (const [pair, shape] of [
      [
        ['C', 'N'],
        [7, 6, 2100],
      ],
      [
        ['N', 'N'],
        [1100, 5, 9],
      ],
      [
        ['N', 'C'],
        [3, 530, 11],
      ],
    ] as [[Op, Op], [number, number, number]][]) {
      const [m, n, k] = shape;
      const [A, B, C] = [randomNumbers(2 * m * k, 1), randomNumbers(2 * k * n, 2), randomNumbers(2 * m * n, 3)];
      const expected = naiveProduct(pair, shape, A, B, C, [1, 0]);
      await backend().gemm(...pair, m, n, k, A, B, C);
      expect(maxDifference(C, expected)).toBeLessThan(1e-12);
    }
  });

  it('overwrite C, whatever it held, where beta is zero', async () => {
    const C = new Float64Array(8).fill(Number.NaN);
    await backend().gemm('N', 'N', 2, 2, 1, Float64Array.of(1, 0, 0, 1), Float64Array.of(1, 0, 0, 1), C);
    expect([...C]).toEqual([1, 0, 0, 1, 0, 1, -1, 0]);
  });

  it('take and fill views into larger arrays', async () => {
    const store = randomNumbers(600, 5);
    const kept = store.slice();
    const [A, B, C] = [store.subarray(1, 81), store.subarray(101, 141), store.subarray(301, 333)];
    const expected = naiveProduct(['C', 'N'], [8, 2, 5], A.slice(), B.slice(0, 20), C.slice(), [1, 1]);
    await backend().gemm('C', 'N', 8, 2, 5, A, B.subarray(0, 20), C, 1, 1);
    expect(maxDifference(store.slice(301, 333), expected)).toBeLessThan(1e-14);
    expect(store.slice(0, 301)).toEqual(kept.slice(0, 301));
    expect(store.slice(333)).toEqual(kept.slice(333));
  });

  it('run side by side without disturbing each other', async () => {
    const shape: [number, number, number] = [40, 30, 50];
    const inputs = [1, 2, 3].map((seed) => [randomNumbers(4000, seed), randomNumbers(3000, seed + 10)] as const);
    const results = inputs.map(() => new Float64Array(2400));
    await Promise.all(inputs.map(([A, B], i) => backend().gemm('N', 'N', ...shape, A, B, results[i]!)));
    inputs.forEach(([A, B], i) => {
      const expected = naiveProduct(['N', 'N'], shape, A, B, new Float64Array(2400), [1, 0]);
      expect(maxDifference(results[i]!, expected)).toBeLessThan(1e-13);
    });
  });
});
