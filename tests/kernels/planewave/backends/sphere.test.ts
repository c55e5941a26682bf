import { expect, it } from 'vitest';
import { eachBackend } from './each-backend';
import { maxDifference, randomNumbers } from './numbers';

type Grid = [number, number, number];

/** Grid indices of |G - shift| < radius with negative frequencies wrapped, in shuffled order. */
function sphereIndices(n: Grid, radius: number, shift: Grid): Int32Array {
  const indices: number[] = [];
  const wrap = (i: number, length: number) => ((i % length) + length) % length;
  const limit = Math.ceil(radius) + 1;
  for (let i = -limit; i <= limit; i++) {
    for (let j = -limit; j <= limit; j++) {
      for (let k = -limit; k <= limit; k++) {
        if (Math.hypot(i - shift[0], j - shift[1], k - shift[2]) >= radius) continue;
        indices.push((wrap(i, n[0]) * n[1] + wrap(j, n[1])) * n[2] + wrap(k, n[2]));
      }
    }
  }
  const order = randomNumbers(indices.length, 9);
  return Int32Array.from(
    indices
      .map((index, i) => [index, order[i]!])
      .sort((a, b) => a[1]! - b[1]!)
      .map(([index]) => index!),
  );
}

const cases: { n: Grid; radius: number; shift: Grid }[] = [
  { n: [15, 12, 20], radius: 4.2, shift: [0.3, -0.2, 0.4] },
  { n: [18, 24, 25], radius: 5.9, shift: [0, 0, 0] },
  { n: [6, 1, 9], radius: 0.5, shift: [0, 0, 0] },
  { n: [12, 12, 12], radius: 5.4, shift: [0.5, 0.5, 0.5] },
];

eachBackend('transforms on a sphere', (backend) => {
  for (const { n, radius, shift } of cases) {
    const gridSize = n[0] * n[1] * n[2];
    const indices = sphereIndices(n, radius, shift);
    const size = indices.length;
    const open = () => {
      const plan = backend().planFft(n);
      return { plan, sphere: plan.sphere(indices) };
    };
    const onGrid = (psi: Float64Array) => {
      const grid = new Float64Array(2 * gridSize);
      indices.forEach((index, i) => {
        grid.set(psi.subarray(2 * i, 2 * i + 2), 2 * index);
      });
      return grid;
    };
    const fromGrid = (grid: Float64Array) => {
      const psi = new Float64Array(2 * size);
      indices.forEach((index, i) => {
        psi.set(grid.subarray(2 * index, 2 * index + 2), 2 * i);
      });
      return psi;
    };
    const name = `${n.join(' x ')}, ${size} plane waves`;

    it(`equal whole-grid ones, ${name}`, () => {
      const { plan, sphere } = open();
      const psi = randomNumbers(2 * size, 1);
      const expected = onGrid(psi);
      plan.inverse(expected);
      const grid = new Float64Array(2 * gridSize).fill(7);
      sphere.toGrid(psi, grid);
      expect(sphere.size).toBe(size);
      expect(maxDifference(grid, expected)).toBeLessThan(1e-12 * size);
      const data = randomNumbers(2 * gridSize, 2);
      const whole = data.slice();
      plan.forward(whole);
      const back = new Float64Array(2 * size).fill(7);
      sphere.fromGrid(data, back);
      expect(maxDifference(back, fromGrid(whole))).toBeLessThan(1e-12 * Math.sqrt(gridSize));
    });

    it(`apply a potential as the whole grid does, ${name}`, () => {
      const { plan, sphere } = open();
      const bandCount = 3;
      const psi = randomNumbers(2 * size * bandCount, 3);
      const potential = randomNumbers(gridSize, 4);
      const out = new Float64Array(psi.length).fill(7);
      sphere.applyPotential(potential, psi, bandCount, out);
      for (let band = 0; band < bandCount; band++) {
        const grid = onGrid(psi.subarray(2 * size * band, 2 * size * (band + 1)));
        plan.inverse(grid);
        for (let i = 0; i < gridSize; i++) {
          grid[2 * i]! *= potential[i]! / gridSize;
          grid[2 * i + 1]! *= potential[i]! / gridSize;
        }
        plan.forward(grid);
        expect(maxDifference(out.slice(2 * size * band, 2 * size * (band + 1)), fromGrid(grid))).toBeLessThan(1e-13);
      }
    });

    it(`leave orbitals as they are where the potential is one, ${name}`, () => {
      const { sphere } = open();
      const psi = randomNumbers(4 * size, 5);
      const out = new Float64Array(psi.length);
      sphere.applyPotential(new Float64Array(gridSize).fill(1), psi, 2, out);
      expect(maxDifference(out, psi)).toBeLessThan(1e-14);
    });

    it(`make a Hermitian operator of a real potential, ${name}`, () => {
      const { sphere } = open();
      const psi = randomNumbers(4 * size, 6);
      const out = new Float64Array(psi.length);
      sphere.applyPotential(randomNumbers(gridSize, 7), psi, 2, out);
      const inner = (a: Float64Array, b: Float64Array) => {
        let re = 0;
        let im = 0;
        for (let i = 0; i < 2 * size; i += 2) {
          re += a[i]! * b[i]! + a[i + 1]! * b[i + 1]!;
          im += a[i]! * b[i + 1]! - a[i + 1]! * b[i]!;
        }
        return [re, im];
      };
      const [first, second] = [psi.subarray(0, 2 * size), psi.subarray(2 * size)];
      const left = inner(first, out.subarray(2 * size));
      const right = inner(second, out.subarray(0, 2 * size));
      expect(left[0]! - right[0]!).toBeCloseTo(0, 11);
      expect(left[1]! + right[1]!).toBeCloseTo(0, 11);
    });

    it(`add weighted densities to what is there, ${name}`, () => {
      const { sphere } = open();
      const psi = randomNumbers(2 * size * 3, 8);
      const weights = Float64Array.of(2, 0, 0.5);
      const density = new Float64Array(gridSize).fill(0.25);
      sphere.accumulateDensity(psi, 3, weights, density);
      const expected = new Float64Array(gridSize).fill(0.25);
      const grid = new Float64Array(2 * gridSize);
      for (let band = 0; band < 3; band++) {
        sphere.toGrid(psi.subarray(2 * size * band, 2 * size * (band + 1)), grid);
        for (let i = 0; i < gridSize; i++) expected[i]! += weights[band]! * (grid[2 * i]! ** 2 + grid[2 * i + 1]! ** 2);
      }
      expect(maxDifference(density, expected)).toBeLessThan(1e-12 * size * size);
    });
  }
});
