import { describe, expect, test } from 'vitest';
import { ConditionError, parseCondition } from '@/server/schemas/condition';

const numbers = { iteration: 31, residual: 2e-3, threshold: 1e-9, energyEv: -214.7, seconds: 90, pressureGpa: null };
const holds = (text: string) => parseCondition(text).holds(numbers);

describe('a condition over the progress of a job', () => {
  test.each([
    ['iteration > 30 and residual > 1e-3', true],
    ['iteration > 30 and residual < 1e-3', false],
    ['not (iteration > 30) or seconds >= 90', true],
    ['energyEv < -2 * 100', true],
    ['abs(energyEv) / 2 > 107', true],
    ['log10(residual) - log10(threshold) > 6', true],
    ['1 + 2 * 3 == 7', true],
    ['(1 + 2) * 3 == 9', true],
    ['10 - 3 - 2 == 5', true],
    ['-(-1) == 1', true],
    ['seconds != 90', false],
  ])('%s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  test.each([
    'pressureGpa > 1',
    'not (pressureGpa > 1)',
    'pressureGpa == pressureGpa',
    'sqrt(energyEv) < 1',
    'step < 5',
  ])('%s does not hold while a number of it is unknown', (text) => {
    expect(holds(text)).toBe(false);
  });

  test('one known side decides where it can', () => {
    expect(holds('pressureGpa > 1 or iteration == 31')).toBe(true);
    expect(holds('not (pressureGpa > 1 and iteration == 1)')).toBe(true);
  });

  test.each([
    'iteration',
    'iteration >',
    '> 3',
    'iteration > 3 4',
    'iteration > 3)',
    '(iteration > 3',
    'process.exit(1) > 0',
    'constructor > 0',
    '__proto__ == 1',
    'toString > 1',
    'iteration = 3',
    'iteration > 3; seconds > 1',
    '1 < 2 < 3',
    'iteration and residual',
    'abs > 1',
    '`seconds` > 1',
    '',
    ' ',
    `${'('.repeat(40)}1 > 0${')'.repeat(40)}`,
    `seconds > ${'1'.repeat(400)}`,
  ])('refuses %s', (text) => {
    expect(() => parseCondition(text)).toThrow(ConditionError);
  });
});
