import { cross, dot, inverse, norm, rowTimesMatrix } from './linear';
import type { Matrix3, Site, Structure, Vector3 } from './schema';
import { wrapPeriodic } from './wrap-periodic';

type Product = (a: Vector3, b: Vector3) => number;

/**
 * The two shortest vectors of the lattice that two vectors span (Lagrange), at an angle of 90 to 120 degrees; `product` is their scalar product,
 * so that they may be given in units of a cell.
 */
export function shortestPair(first: Vector3, second: Vector3, product: Product = dot): [Vector3, Vector3] {
  let [u, v] = [first, second];
  for (;;) {
    const tolerance = 1e-9 * product(u, u);
    if (product(v, v) < product(u, u) - tolerance) [u, v] = [v, u];
    const times = Math.round(product(u, v) / product(u, u));
    const shorter = v.map((x, i) => x - times * u[i]!) as Vector3;
    // A tie would go to and fro for ever.
    if (product(shorter, shorter) > product(v, v) - tolerance) break;
    v = shorter;
  }
  return product(u, v) > 1e-9 * product(u, u) ? [u, v.map((x) => -x) as Vector3] : [u, v];
}

/**
 * Atoms at cartesian places (angstrom) as a slab that repeats along u and v: a along x, b in the xy plane, c along z and as long as the atoms reach
 * across u and v plus the vacuum, the atoms in the middle.
 */
export function layInPlane(
  atoms: readonly { site: Site; place: Vector3 }[],
  [u, v]: readonly [Vector3, Vector3],
  vacuumAngstrom: number,
): Structure {
  const x = unit(u);
  const normal = unit(cross(u, v));
  const y = cross(normal, x);
  const heights = atoms.map(({ place }) => dot(place, normal));
  const low = heights.reduce((least, z) => Math.min(least, z), Infinity);
  const high = heights.reduce((most, z) => Math.max(most, z), -Infinity);
  const height = high - low + vacuumAngstrom;
  const cell: Matrix3 = [
    [norm(u), 0, 0],
    [dot(v, x), dot(v, y), 0],
    [0, 0, height],
  ];
  const toFractional = inverse(cell);
  const periodic: Structure['periodic'] = [true, true, false];
  return {
    cellAngstrom: cell,
    periodic,
    sites: atoms.map(({ site, place }, i) => {
      const turned: Vector3 = [dot(place, x), dot(place, y), heights[i]! - (low + high) / 2 + height / 2];
      return { ...site, position: wrapPeriodic(rowTimesMatrix(turned, toFractional), periodic) };
    }),
  };
}

const unit = (a: Vector3) => {
  const length = norm(a);
  return a.map((component) => component / length) as Vector3;
};
