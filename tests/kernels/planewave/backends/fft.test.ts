import { expect, it } from 'vitest';
import { eachBackend } from './each-backend';
import { maxDifference, randomNumbers } from './numbers';

type Grid = [number, number, number];

/** sum_j data(j) exp(sign 2 pi i k.j/n) at one k, directly. */
function directSum(n: Grid, data: Float64Array, k: Grid, sign: number): [number, number] {
  let re = 0;
  let im = 0;
  for (let j0 = 0, place = 0; j0 < n[0]; j0++) {
    for (let j1 = 0; j1 < n[1]; j1++) {
      for (let j2 = 0; j2 < n[2]; j2++, place += 2) {
        const angle = sign * 2 * Math.PI * ((k[0] * j0) / n[0] + (k[1] * j1) / n[1] + (k[2] * j2) / n[2]);
        re += data[place]! * Math.cos(angle) - data[place + 1]! * Math.sin(angle);
        im += data[place]! * Math.sin(angle) + data[place + 1]! * Math.cos(angle);
      }
    }
  }
  return [re, im];
}

const grids: Grid[] = [
  [1, 1, 1],
  [2, 3, 5],
  [4, 6, 10],
  [9, 8, 1],
  [1, 16, 3],
  [15, 12, 20],
  [25, 25, 25],
  [24, 27, 30],
];

eachBackend('fast Fourier transforms', (backend) => {
  for (const n of grids) {
    const size = n[0] * n[1] * n[2];
    it(`equal direct sums on ${n.join(' x ')}`, () => {
      const data = randomNumbers(2 * size, 1);
      const plan = backend().planFft(n);
      const forward = data.slice();
      plan.forward(forward);
      const inverse = data.slice();
      plan.inverse(inverse);
      for (let trial = 0; trial < 12; trial++) {
        const k: Grid = [(trial * 5) % n[0], (trial * 7) % n[1], (trial * 11) % n[2]];
        const at = 2 * ((k[0] * n[1] + k[1]) * n[2] + k[2]);
        const [fr, fi] = directSum(n, data, k, -1);
        expect(Math.hypot(forward[at]! - fr, forward[at + 1]! - fi)).toBeLessThan(1e-11 * Math.sqrt(size));
        const [br, bi] = directSum(n, data, k, 1);
        expect(Math.hypot(inverse[at]! - br, inverse[at + 1]! - bi)).toBeLessThan(1e-11 * Math.sqrt(size));
      }
    });
  }

  it('give N times the data after forward and inverse', () => {
    for (const n of [
      [48, 45, 40],
      [18, 64, 75],
      [5, 4, 3],
    ] as Grid[]) {
      const size = n[0] * n[1] * n[2];
      const data = randomNumbers(2 * size, 2);
      const back = data.slice();
      const plan = backend().planFft(n);
      plan.forward(back);
      plan.inverse(back);
      for (let i = 0; i < back.length; i++) back[i]! /= size;
      expect(maxDifference(back, data)).toBeLessThan(1e-14);
    }
  });

  it('work on views into larger arrays and leave the rest alone', () => {
    const n: Grid = [4, 6, 10];
    const whole = randomNumbers(2 * 240 + 7, 3);
    const kept = whole.slice();
    const plan = backend().planFft(n);
    const expected = whole.slice(3, 3 + 480);
    plan.forward(expected);
    plan.forward(whole.subarray(3, 3 + 480));
    expect(maxDifference(whole.slice(3, 483), expected)).toBeLessThan(1e-13);
    expect(whole.slice(0, 3)).toEqual(kept.slice(0, 3));
    expect(whole.slice(483)).toEqual(kept.slice(483));
  });

  it('refuse lengths with other factors than 2, 3 and 5', () => {
    expect(() => backend().planFft([4, 14, 4])).toThrow(/14 points/);
  });

  it('do not disturb each other when several plans are in use', () => {
    const small = backend().planFft([6, 6, 6]);
    const data = randomNumbers(432, 4);
    const before = data.slice();
    small.forward(before);
    const large = backend().planFft([40, 36, 32]);
    large.forward(randomNumbers(2 * 40 * 36 * 32, 5));
    const after = data.slice();
    small.forward(after);
    expect(after).toEqual(before);
  });
});
