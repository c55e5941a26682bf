import { describe, expect, test } from 'vitest';
import { bytes, fixed, mesh, plain, quantity, scientific } from '@/app/format/number';

const thin = '\u202f';
const unit = '\u00a0';

describe('numbers on screen', () => {
  test('carry a true minus and thin spaces between thousands', () => {
    expect(fixed(-1.5, 2)).toBe('−1.50');
    expect(fixed(-12345.678, 1)).toBe(`−12${thin}345.7`);
    expect(fixed(1234, 0)).toBe('1234');
  });
  test('that round to zero have no sign', () => expect(fixed(-0.0004, 3)).toBe('0.000'));
  test('that are absent read "not computed", never 0', () => {
    expect(quantity(null, 2, 'eV')).toBe('not computed');
    expect(fixed(Number.NaN, 2)).toBe('not computed');
  });
  test('keep a thin space before the unit', () => expect(quantity(5.431, 2, 'Å')).toBe(`5.43${unit}Å`));
  test('that are very small are written as powers of ten', () => {
    expect(scientific(2e-10)).toBe(`2${unit}×${unit}10⁻¹⁰`);
    expect(scientific(1e-6)).toBe('10⁻⁶');
    expect(plain(0.15)).toBe('0.15');
    expect(plain(5e-11)).toBe(`5${unit}×${unit}10⁻¹¹`);
  });
  test('of bytes climb to the unit a person reads', () => {
    expect(bytes(0)).toBe(`0${unit}B`);
    expect(bytes(9_200_000_000)).toBe(`9.2${unit}GB`);
    expect(bytes(25_000_000_000)).toBe(`25${unit}GB`);
  });
  test('of a mesh stand with multiplication signs', () =>
    expect(mesh([4, 4, 12])).toBe(`4${unit}×${unit}4${unit}×${unit}12`));
});
