import { expect, test } from 'vitest';
import { residualScale } from '@/app/plot/residual-scale';

test('the log axis holds all residuals and the threshold', () => {
  const scale = residualScale(
    [
      { iteration: 1, residual: 0.5 },
      { iteration: 2, residual: 3e-4 },
    ],
    2e-10,
  );
  expect(scale.low).toBe(-10);
  expect(scale.high).toBeCloseTo(0);
  expect(scale.y(1)).toBeCloseTo(0);
  expect(scale.y(1e-10)).toBeCloseTo(1);
  expect(scale.decades.length).toBeLessThanOrEqual(7);
});
test('a residual of exactly zero sits at the bottom', () => {
  expect(residualScale([{ iteration: 1, residual: 0 }], 1e-8).y(0)).toBe(1);
});
test('a first iteration alone, and none at all, have an axis too', () => {
  for (const points of [[], [{ iteration: 1, residual: 1e-3 }]]) {
    const { x, low, high } = residualScale(points, null);
    expect(x(1)).toBe(0);
    expect(high).toBeGreaterThan(low);
  }
});
