import { describe, expect, test } from 'vitest';
import { parseDecimal, readNumber } from '@/app/fields/parse-decimal';

describe('numbers as people type them', () => {
  test.each([
    ['0.15', 0.15],
    ['0,15', 0.15],
    [' 1 234.5 ', 1234.5],
    ['1e-10', 1e-10],
    ['2×10^-10', 2e-10],
    ['1,5e-3', 1.5e-3],
    ['−3', -3],
    ['.5', 0.5],
  ])('%s', (text, value) => expect(parseDecimal(text)).toBe(value));
  test.each(['', 'abc', '1,2,3', '1.2.3', '--1', '1e', 'Infinity'])('%s is none', (text) =>
    expect(parseDecimal(text)).toBeNull(),
  );
  test('out of bounds get a sentence', () => {
    expect(readNumber('0', { min: 1, max: 200, isWhole: true })).toEqual({
      problem: 'Give a whole number from 1 to 200.',
    });
    expect(readNumber('1.5', { min: 1, max: 200, isWhole: true })).toHaveProperty('problem');
    expect(readNumber('4', { min: 1, max: 200, isWhole: true })).toEqual({ value: 4 });
  });
});
