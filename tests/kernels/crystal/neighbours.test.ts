import { describe, expect, it } from 'vitest';
import { add, norm, rowTimesMatrix, subtract } from '@/kernels/crystal/linear';
import { nearestPair, neighbourList } from '@/kernels/crystal/neighbours';
import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';
import { cartesianPositions } from '@/kernels/crystal/structure';

/** A small generator with a seed (Park and Miller), so that a failure can be seen again. */
function randomNumbers(seed: number) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function randomStructure(
  seed: number,
  count: number,
  cell: Matrix3 | null,
  periodic: Structure['periodic'],
): Structure {
  const random = randomNumbers(seed);
  const span = cell ? 3 : 8;
  return {
    cellAngstrom: cell,
    periodic,
    sites: Array.from({ length: count }, () => ({
      species: [{ element: 'Ar', concentration: 1 }],
      position: [random() * span - 1, random() * span - 1, random() * span - 1] as Vector3,
    })),
  };
}

/** Every image within a box of `reach` cells, by brute force. */
function bruteForce(structure: Structure, cutoff: number, reach: number): string[] {
  const positions = cartesianPositions(structure);
  const range = structure.periodic.map((p) => (p ? Array.from({ length: 2 * reach + 1 }, (_, n) => n - reach) : [0]));
  const found: string[] = [];
  positions.forEach((x, i) => {
    positions.forEach((y, j) => {
      for (const a of range[0]!)
        for (const b of range[1]!)
          for (const c of range[2]!) {
            const shift: Vector3 = structure.cellAngstrom
              ? rowTimesMatrix([a, b, c], structure.cellAngstrom)
              : [0, 0, 0];
            if (i === j && !a && !b && !c) continue;
            if (norm(subtract(add(y, shift), x)) <= cutoff) found.push(`${i} ${j} ${a} ${b} ${c}`);
          }
    });
  });
  return found.toSorted();
}

function listed(structure: Structure, cutoff: number): string[] {
  const { count, first, second, images } = neighbourList(structure, cutoff);
  return Array.from(
    { length: count },
    (_, p) => `${first[p]} ${second[p]} ${images.slice(3 * p, 3 * p + 3).join(' ')}`,
  ).toSorted();
}

const skewed: Matrix3 = [
  [5, 0.5, -0.3],
  [2.4, 4.5, 0.2],
  [-2.1, 1.7, 6],
];

describe('neighbourList', () => {
  it.each([
    ['a bulk', skewed, [true, true, true], 4.1],
    ['a bulk with a cutoff beyond the cell', skewed, [true, true, true], 9],
    ['a slab', skewed, [true, false, true], 4.5],
    ['a wire', skewed, [false, false, true], 5],
    ['a molecule in a cell', skewed, [false, false, false], 6],
    ['a molecule', null, [false, false, false], 3],
  ] as [string, Matrix3 | null, Structure['periodic'], number][])(
    'agrees with brute force for %s',
    (_, cell, periodic, cutoff) => {
      const structure = randomStructure(7, 9, cell, periodic);
      const expected = bruteForce(structure, cutoff, 7);
      expect(expected.length).toBeGreaterThan(5);
      expect(listed(structure, cutoff)).toEqual(expected);
    },
  );

  it('knows the shells of a face-centred cubic crystal from its primitive cell', () => {
    const h = 2.025;
    const al: Structure = {
      cellAngstrom: [
        [0, h, h],
        [h, 0, h],
        [h, h, 0],
      ],
      periodic: [true, true, true],
      sites: [{ species: [{ element: 'Al', concentration: 1 }], position: [0, 0, 0] }],
    };
    const within = (factor: number) => neighbourList(al, h * Math.SQRT2 * factor).count;
    expect([within(1.01), within(Math.SQRT2 * 1.01), within(Math.sqrt(3) * 1.01)]).toEqual([12, 18, 42]);
  });

  it('gives displacements that lead from the first site to the image of the second', () => {
    const list = neighbourList(randomStructure(3, 6, skewed, [true, true, true]), 5);
    for (let p = 0; p < list.count; p++) {
      const d = list.displacementsAngstrom.slice(3 * p, 3 * p + 3);
      expect(Math.hypot(...d)).toBeCloseTo(list.distancesAngstrom[p]!, 12);
    }
    expect(list.offsets.at(-1)).toBe(list.count);
  });

  it('takes time in proportion to the number of sites', () => {
    const n = 8000;
    const edge = 4 * 20;
    const random = randomNumbers(11);
    const gas: Structure = {
      cellAngstrom: [
        [edge, 0, 0],
        [0, edge, 0],
        [0, 0, edge],
      ],
      periodic: [true, true, true],
      sites: Array.from({ length: n }, () => ({
        species: [{ element: 'Ar', concentration: 1 }],
        position: [random(), random(), random()] as Vector3,
      })),
    };
    const start = performance.now();
    const { count } = neighbourList(gas, 4);
    expect(count / n).toBeCloseTo(((4 / 3) * Math.PI * 64) / 64, 0);
    // Brute force over 27 images would take 1.7e9 distances, tens of seconds.
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('refuses a cell so flat that its images cannot be counted', () => {
    const flat: Structure = {
      ...randomStructure(1, 4, skewed, [true, true, true]),
      cellAngstrom: [
        [5, 0, 0],
        [0, 5, 0],
        [0, 0, 1e-7],
      ],
    };
    expect(() => neighbourList(flat, 5)).toThrow(/too many images/);
  });
});

describe('nearestPair', () => {
  it.each([1, 2, 3, 4, 5])('is the least distance of brute force (seed %d)', (seed) => {
    const structure = randomStructure(seed, 8, skewed, [true, true, true]);
    const nearest = nearestPair(structure)!;
    expect(bruteForce(structure, nearest.distanceAngstrom * (1 - 1e-9), 5)).toEqual([]);
    expect(bruteForce(structure, nearest.distanceAngstrom * (1 + 1e-9), 5)).toContain(
      [nearest.first, nearest.second, ...nearest.image].join(' '),
    );
  });

  it('is an atom and its own image where there is one atom, and nothing without periodicity', () => {
    const one = randomStructure(1, 1, skewed, [true, true, true]);
    expect(nearestPair(one)).toMatchObject({ first: 0, second: 0 });
    expect(nearestPair(one)!.distanceAngstrom).toBeCloseTo(Math.min(...bothDiagonals(skewed)), 10);
    expect(nearestPair(randomStructure(1, 1, null, [false, false, false]))).toBeNull();
  });

  it('is found quickly when 20,000 sites are heaped on one spot', () => {
    const random = randomNumbers(5);
    const heap: Structure = {
      cellAngstrom: skewed,
      periodic: [true, true, true],
      sites: Array.from({ length: 20_000 }, () => ({
        species: [{ element: 'H', concentration: 1 }],
        position: [random() * 0.01, random() * 0.01, random() * 0.01] as Vector3,
      })),
    };
    const start = performance.now();
    expect(nearestPair(heap)!.distanceAngstrom).toBeLessThan(0.01);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

function bothDiagonals(cell: Matrix3): number[] {
  const lengths: number[] = [];
  for (const a of [-1, 0, 1])
    for (const b of [-1, 0, 1])
      for (const c of [-1, 0, 1]) if (a || b || c) lengths.push(norm(rowTimesMatrix([a, b, c], cell)));
  return lengths;
}
