import { describe, expect, it } from 'vitest';
import { createLattice, type Vector3 } from '@/kernels/planewave/basis/lattice';
import { createPlaneWaves } from '@/kernels/planewave/basis/plane-waves';

const face = createLattice([
  [0, 3.8, 3.8],
  [3.8, 0, 3.8],
  [3.8, 3.8, 0],
]);
const skew = createLattice([
  [6, 0.3, -0.2],
  [2.5, 6.4, 0.1],
  [0.2, -3.4, 5.8],
]);

/** All triples of a box that surely holds the sphere, in order. */
function searched({ reciprocal }: typeof face, k: Vector3, maximum: number): number[] {
  const triples: number[] = [];
  for (let m0 = -15; m0 <= 15; m0++)
    for (let m1 = -15; m1 <= 15; m1++)
      for (let m2 = -15; m2 <= 15; m2++) {
        const m = [m0 + k[0], m1 + k[1], m2 + k[2]];
        const square = [0, 1, 2].reduce(
          (sum, axis) => sum + m.reduce((x, mi, i) => x + mi * reciprocal[i]![axis]!, 0) ** 2,
          0,
        );
        if (square <= maximum * (1 + 1e-10)) triples.push(m0, m1, m2);
      }
  return triples;
}

describe('plane waves', () => {
  // |G|^2 of the face-centred lattice are 0, 3, 4, 8, 11, 12, ... (pi/3.8)^2: the whole shell on the edge counts.
  const onShell = 11 * (Math.PI / 3.8) ** 2;
  it.each([
    ['a face-centred lattice', face, [0, 0, 0], onShell],
    ['a face-centred lattice off the centre', face, [0.5, 0.25, -0.125], 20],
    ['a skew lattice', skew, [0, 0, 0], 14],
    ['a skew lattice off the centre', skew, [-0.3, 0.45, 0.2], 9.7],
  ] as [string, typeof face, Vector3, number][])('of %s are all those within the sphere', (_, lattice, k, maximum) => {
    const waves = createPlaneWaves(lattice, k, maximum, [32, 32, 32]);
    expect(waves.count).toBeGreaterThan(20);
    expect(Array.from(waves.triples)).toEqual(searched(lattice, k, maximum));
    for (let axis = 0; axis < 3; axis++)
      expect(waves.reach[axis]).toBe(
        Math.max(...Array.from(waves.squares, (_, g) => Math.abs(waves.triples[3 * g + axis]!))),
      );
  });
});
