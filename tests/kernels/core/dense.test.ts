import { expect, it } from 'vitest';
import { orthonormalCombinations } from '@/kernels/core/dense';

it('orthonormal combinations of nearly dependent functions have the unit matrix for their overlaps', () => {
  const n = 9;
  const overlap = Float64Array.from({ length: n * n }, (_, i) => 0.9 ** Math.abs(Math.floor(i / n) - (i % n)));
  const C = orthonormalCombinations(n, overlap);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let element = 0;
      for (let a = 0; a < n; a++)
        for (let b = 0; b < n; b++) element += C[i * n + a]! * overlap[a * n + b]! * C[j * n + b]!;
      expect(element).toBeCloseTo(i === j ? 1 : 0, 12);
    }
  }
});
