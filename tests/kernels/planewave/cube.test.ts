import { describe, expect, it } from 'vitest';
import { createRandom } from '@/kernels/core/random';
import { type Cube, writeCube } from '@/kernels/planewave/state/cube';
import { readCube } from './read-cube';

const random = createRandom(3);
const cube: Cube = {
  title: 'Density of states that\nare filled',
  remark: 'electrons/bohr^3',
  cell: [
    [6, 0.3, -0.2],
    [0.5, 6.4, 0.1],
    [0.2, -0.4, 5.8],
  ],
  grid: [3, 4, 8],
  atoms: [
    { atomicNumber: 14, charge: 4, position: [0, 0.1, 0.2] },
    { atomicNumber: 79, charge: 11, position: [3.25, -1.5, 2] },
  ],
  values: Float64Array.from({ length: 96 }, () => (random() - 0.5) * 10 ** (10 * random() - 6)),
};
const text = [...writeCube(cube)].join('');

describe('a cube file', () => {
  it('keeps cell, atoms, grid and values', () => {
    const back = readCube(text);
    expect(back.title).toBe('Density of states that are filled');
    expect(back.remark).toBe(cube.remark);
    expect(back.grid).toEqual(cube.grid);
    expect(back.atoms).toEqual(cube.atoms);
    back.cell.flat().forEach((x, i) => {
      expect(x).toBeCloseTo(cube.cell.flat()[i]!, 5);
    });
    back.values.forEach((value, i) => {
      expect(Math.abs(value - cube.values[i]!)).toBeLessThanOrEqual(5.0001e-6 * Math.abs(cube.values[i]!));
    });
  });

  it('has the columns that readers expect', () => {
    const lines = text.split('\n');
    expect(lines[2]).toBe('    2     0.000000     0.000000     0.000000');
    expect(lines[3]).toBe('    3     2.000000     0.100000    -0.066667');
    expect(lines[7]).toBe('   79    11.000000     3.250000    -1.500000     2.000000');
    // Eight values innermost: six and two.
    expect(lines[8]).toMatch(/^( [ -]\d\.\d{5}E[+-]\d\d| {2}\d\.\d{5}E[+-]\d\d){6}$/);
    expect(lines[9]!.length).toBe(2 * 13);
    expect(lines.slice(8, -1)).toHaveLength(2 * 3 * 4);
  });

  it('rounds as toExponential does', () => {
    const numbers = [1, 9.999995, 0.9999996, 1e-5, 999999.4, 9.9999951e22, 1e-99, 123456.5, 0.001, 1 / 3, 5e-324, 0];
    for (let i = 0; i < 20_000; i++) numbers.push((random() - 0.5) * 10 ** Math.round(150 * random() - 75));
    const words = [...writeCube({ ...cube, grid: [1, 1, numbers.length], values: Float64Array.from(numbers) })]
      .join('')
      .trim()
      .split(/\s+/)
      .slice(-numbers.length);
    words.forEach((word, i) => {
      const expected = Math.abs(numbers[i]!) < 1e-99 ? 0 : Number(numbers[i]!.toExponential(5));
      // A tie may go either way.
      expect(Math.abs(Number(word) - expected)).toBeLessThanOrEqual(Math.abs(1.0001e-5 * expected));
      expect(word).toMatch(/^-?\d\.\d{5}E[+-]\d\d$/);
      if (i > 11) expect(Math.abs(Number(word) - numbers[i]!)).toBeLessThanOrEqual(Math.abs(5.0001e-6 * numbers[i]!));
    });
  });

  it('writes numbers that are too small for two digits of exponent as zero', () => {
    const one: Cube = { ...cube, grid: [1, 1, 3], values: Float64Array.of(-1e-120, -1e-98, -1.5e12) };
    expect([...writeCube(one)].join('').split('\n').at(-2)).toBe('  0.00000E+00 -1.00000E-98 -1.50000E+12');
  });

  it('comes in pieces, and refuses values that do not fill the grid', () => {
    const n = 60;
    const large: Cube = { ...cube, grid: [n, n, n], values: new Float64Array(n ** 3).fill(-1 / 3) };
    const pieces = [...writeCube(large)];
    expect(pieces.length).toBeGreaterThan(2);
    expect(readCube(pieces.join('')).values[n ** 3 - 1]).toBe(-0.333333);
    expect(() => [...writeCube({ ...large, values: new Float64Array(7) })]).toThrow('7 values');
  });
});
