import { describe, expect, test } from 'vitest';
import { absolute, duration, roughDuration, when } from '@/app/format/time';

const unit = '\u00a0';

describe('times', () => {
  test('are as fine as their length deserves', () => {
    expect(duration(0.42)).toBe(`0.4${unit}s`);
    expect(duration(9.99)).toBe(`10${unit}s`);
    expect(duration(59.7)).toBe(`1${unit}min`);
    expect(duration(200)).toBe(`3${unit}min 20${unit}s`);
    expect(duration(7_500)).toBe(`2${unit}h 5${unit}min`);
    expect(duration(null)).toBe('unknown');
  });
  test('of estimates are rounded', () => {
    expect(roughDuration(11_400)).toBe(`about 3${unit}h`);
    expect(roughDuration(47)).toBe(`about 47${unit}s`);
    expect(roughDuration(0.2)).toBe('about a second');
    expect(roughDuration(55 * 86_400)).toBe(`about 55${unit}d`);
    expect(roughDuration(9.5e7)).toBe(`about 3${unit}years`);
    expect(roughDuration(2.5e11)).toBe('more than a lifetime');
  });
  test('are relative under a day and absolute with zone above', () => {
    const now = new Date('2026-11-23T12:00:00Z');
    expect(when(new Date('2026-11-23T11:57:00Z'), now)).toBe(`3${unit}min ago`);
    expect(when(new Date('2026-11-23T11:59:50Z'), now)).toBe('just now');
    expect(absolute(new Date('2026-11-20T11:59:50Z'), 'UTC')).toBe('20 Nov 2026, 11:59 UTC');
  });
});
