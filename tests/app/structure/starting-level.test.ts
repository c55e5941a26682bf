import { expect, test } from 'vitest';
import { startingLevel } from '@/app/structure/starting-level';

test('a surface starts where it encloses a part of the cell, however high the peak is', () => {
  const values = Array.from({ length: 1001 }, (_, i) => i / 1000);
  expect(startingLevel(values)).toBeCloseTo(0.82, 2);
  expect(startingLevel([...values.slice(0, 1000), 1e6])).toBeCloseTo(0.82, 2);
  // An orbital has both signs.
  expect(startingLevel(values.map((value, i) => (i % 2 ? value : -value)))).toBeCloseTo(0.82, 2);
  expect(startingLevel([])).toBe(0);
});
