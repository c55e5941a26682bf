import type { Matrix3, Vector3 } from '../crystal/schema';

export type Gradient = ReturnType<typeof createGradient>;

/** Collects what pairs give to forces and virial. */
export function createGradient(count: number) {
  const forces = Array.from({ length: count }, (): Vector3 => [0, 0, 0]);
  const virial = [0, 1, 2].map(() => [0, 0, 0]) as Matrix3;
  return {
    forces,
    virial,
    /** A pair whose energy has the derivative perLength r by its length r = |(x, y, z)|. */
    add(i: number, j: number, x: number, y: number, z: number, perLength: number) {
      const one = forces[i]!;
      const other = forces[j]!;
      one[0] += perLength * x;
      one[1] += perLength * y;
      one[2] += perLength * z;
      other[0] -= perLength * x;
      other[1] -= perLength * y;
      other[2] -= perLength * z;
      virial[0][0] += perLength * x * x;
      virial[1][1] += perLength * y * y;
      virial[2][2] += perLength * z * z;
      virial[0][1] += perLength * x * y;
      virial[0][2] += perLength * x * z;
      virial[1][2] += perLength * y * z;
      virial[1][0] = virial[0][1];
      virial[2][0] = virial[0][2];
      virial[2][1] = virial[1][2];
    },
  };
}
