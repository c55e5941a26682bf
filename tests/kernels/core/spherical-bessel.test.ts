import { describe, expect, it } from 'vitest';
import { sphericalBessel } from '@/kernels/core/spherical-bessel';

describe('spherical Bessel functions', () => {
  it('obey their recurrence on both sides of the change from series to closed form', () => {
    for (const x of [0.3, 0.49999, 0.50001, 1.49, 1.51, 2.49, 2.51, 3.49, 3.51, 12, 300]) {
      for (const l of [1, 2]) {
        const sum = sphericalBessel(l - 1, x) + sphericalBessel(l + 1, x);
        expect(Math.abs(sum - ((2 * l + 1) / x) * sphericalBessel(l, x))).toBeLessThan(1e-14);
      }
    }
  });

  it('have the values of Abramowitz and Stegun, table 10.1', () => {
    expect(sphericalBessel(0, 1)).toBeCloseTo(0.8414709848, 9);
    expect(sphericalBessel(1, 1)).toBeCloseTo(0.301168679, 9);
    expect(sphericalBessel(2, 1)).toBeCloseTo(0.062035052, 9);
    expect(sphericalBessel(3, 1)).toBeCloseTo(0.00900658112, 11);
    expect([0, 1, 2, 3].map((l) => sphericalBessel(l, 0))).toEqual([1, 0, 0, 0]);
  });
});
