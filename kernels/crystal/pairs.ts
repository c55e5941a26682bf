import { KernelError } from '../core/errors';
import { cellVolume } from './cell';
import { cross, inverse, norm, rowTimesMatrix } from './linear';
import type { Matrix3, Structure, Vector3 } from './schema';
import { cartesianPositions } from './structure';

/** Told of a pair: sites i and j, the cell in which j is seen, the square of their distance. Returning true ends the search. */
export type PairVisitor = (
  i: number,
  j: number,
  image: Vector3,
  distanceSquaredAngstrom2: number,
) => boolean | undefined;

/** More bins than this to look through means a cell so flat that its images pile up within the cutoff. */
const LARGEST_SEARCH = 1e8;

/**
 * Visits every ordered pair (i, j, image) with |x_j + image A - x_i| <= cutoff, a site and itself in the home cell left out.
 * Sites are sorted into bins about as wide as the cutoff, so the time is linear in their number at given density; images
 * are counted along periodic axes only, from the positions as given (not wrapped).
 * Throws KernelError `cell-too-flat` when the images within the cutoff are beyond counting.
 */
export function visitPairs(structure: Structure, cutoffAngstrom: number, visit: PairVisitor): void {
  const grid = new BinGrid(structure, cutoffAngstrom);
  const limit = cutoffAngstrom ** 2;
  const image: Vector3 = [0, 0, 0];
  for (let i = 0; i < grid.count; i++) {
    const found = grid.visitAround(i, (j, sx, sy, sz) => {
      const d2 = grid.distanceSquared(i, j, sx, sy, sz);
      if (d2 > limit) return false;
      grid.imageFromShift(i, j, sx, sy, sz, image);
      if (i === j && image[0] === 0 && image[1] === 0 && image[2] === 0) return false;
      return visit(i, j, image, d2) === true;
    });
    if (found) return;
  }
}

/** Sites in bins of a cell: the structure's own along periodic axes, a box around the sites along the others. */
class BinGrid {
  readonly count: number;
  private readonly cell: Matrix3;
  private readonly periodic: Structure['periodic'];
  private readonly bins = new Map<number, number[]>();
  private readonly binCounts: Vector3;
  private readonly reach: Vector3;
  private readonly wrapped: Float64Array;
  private readonly wraps: Int32Array;
  private readonly places: Int32Array;

  constructor(structure: Structure, cutoffAngstrom: number) {
    const { cell, fractional } = searchCell(structure);
    this.cell = cell;
    this.periodic = structure.periodic;
    this.count = fractional.length;
    const volume = cellVolume(cell);
    const heights = [cross(cell[1], cell[2]), cross(cell[2], cell[0]), cross(cell[0], cell[1])].map(
      (normal) => volume / norm(normal),
    );
    this.binCounts = heights.map((h) => Math.min(1 << 16, Math.max(1, Math.floor(h / cutoffAngstrom)))) as Vector3;
    this.reach = heights.map((h, axis) => Math.ceil((cutoffAngstrom * this.binCounts[axis]!) / h)) as Vector3;
    for (let axis = 0; axis < 3; axis++) {
      if (!this.periodic[axis]) this.reach[axis] = Math.min(this.reach[axis]!, this.binCounts[axis]! - 1);
    }
    const searched = this.count * this.reach.reduce((product, m) => product * (2 * m + 1), 1);
    if (!(searched <= LARGEST_SEARCH)) {
      throw new KernelError(
        'cell-too-flat',
        `Within ${cutoffAngstrom.toPrecision(3)} angstrom there are too many images of a cell whose heights are ` +
          `${heights.map((h) => h.toPrecision(3)).join(', ')} angstrom; choose a smaller cutoff or a less skewed cell.`,
        { heightsAngstrom: heights, cutoffAngstrom },
      );
    }
    this.wrapped = new Float64Array(3 * this.count);
    this.wraps = new Int32Array(3 * this.count);
    this.places = new Int32Array(3 * this.count);
    fractional.forEach((f, i) => void this.insert(i, f));
  }

  /** Calls `see` with every site in reach of site i and the number of cells it is shifted by, until one call returns true. */
  visitAround(i: number, see: (j: number, sx: number, sy: number, sz: number) => boolean): boolean {
    const [nx, ny, nz] = this.binCounts;
    const [mx, my, mz] = this.reach;
    for (let dx = -mx; dx <= mx; dx++) {
      const x = this.places[3 * i]! + dx;
      const sx = Math.floor(x / nx);
      if (sx !== 0 && !this.periodic[0]) continue;
      for (let dy = -my; dy <= my; dy++) {
        const y = this.places[3 * i + 1]! + dy;
        const sy = Math.floor(y / ny);
        if (sy !== 0 && !this.periodic[1]) continue;
        for (let dz = -mz; dz <= mz; dz++) {
          const z = this.places[3 * i + 2]! + dz;
          const sz = Math.floor(z / nz);
          if (sz !== 0 && !this.periodic[2]) continue;
          const bin = this.bins.get(this.binKey(x - sx * nx, y - sy * ny, z - sz * nz));
          if (bin) for (const j of bin) if (see(j, sx, sy, sz)) return true;
        }
      }
    }
    return false;
  }

  distanceSquared(i: number, j: number, sx: number, sy: number, sz: number): number {
    const w = this.wrapped;
    const [a, b, c] = this.cell;
    const u = w[3 * j]! - w[3 * i]! + sx;
    const v = w[3 * j + 1]! - w[3 * i + 1]! + sy;
    const t = w[3 * j + 2]! - w[3 * i + 2]! + sz;
    const x = u * a[0] + v * b[0] + t * c[0];
    const y = u * a[1] + v * b[1] + t * c[1];
    const z = u * a[2] + v * b[2] + t * c[2];
    return x * x + y * y + z * z;
  }

  /** From the shift between wrapped positions to that between the positions as given. */
  imageFromShift(i: number, j: number, sx: number, sy: number, sz: number, image: Vector3): void {
    const w = this.wraps;
    image[0] = sx + w[3 * i]! - w[3 * j]!;
    image[1] = sy + w[3 * i + 1]! - w[3 * j + 1]!;
    image[2] = sz + w[3 * i + 2]! - w[3 * j + 2]!;
  }

  private insert(i: number, fractional: Vector3): void {
    for (let axis = 0; axis < 3; axis++) {
      const wrap = this.periodic[axis] ? -Math.floor(fractional[axis]!) : 0;
      this.wraps[3 * i + axis] = -wrap;
      this.wrapped[3 * i + axis] = fractional[axis]! + wrap;
      const n = this.binCounts[axis]!;
      this.places[3 * i + axis] = Math.min(n - 1, Math.max(0, Math.floor(this.wrapped[3 * i + axis]! * n)));
    }
    const key = this.binKey(this.places[3 * i]!, this.places[3 * i + 1]!, this.places[3 * i + 2]!);
    const bin = this.bins.get(key);
    if (bin) bin.push(i);
    else this.bins.set(key, [i]);
  }

  private binKey(x: number, y: number, z: number): number {
    return (x * this.binCounts[1] + y) * this.binCounts[2] + z;
  }
}

/**
 * A cell in which all sites have fractional coordinates within [0, 1) along non-periodic axes. Such an axis becomes as long as the
 * sites need, perpendicular to the others, so that bins follow the sites and not the vacuum around them.
 */
function searchCell(structure: Structure): { cell: Matrix3; fractional: Vector3[] } {
  const { cellAngstrom, periodic, sites } = structure;
  if (cellAngstrom && !periodic.includes(false))
    return { cell: cellAngstrom, fractional: sites.map((s) => s.position) };
  const axes = completeAxes(cellAngstrom, periodic);
  const toAxes = inverse(axes);
  const fractional = cartesianPositions(structure).map((x) => rowTimesMatrix(x, toAxes));
  const cell = axes.map((row) => [...row]) as Matrix3;
  for (let axis = 0; axis < 3; axis++) {
    if (periodic[axis]) continue;
    let low = Infinity;
    let high = -Infinity;
    for (const f of fractional) {
      low = Math.min(low, f[axis]!);
      high = Math.max(high, f[axis]!);
    }
    const width = Math.max(1, (high - low) * 1.001);
    cell[axis] = axes[axis]!.map((x) => x * width) as Vector3;
    for (const f of fractional) f[axis] = (f[axis]! - low) / width;
  }
  return { cell, fractional };
}

/** The periodic cell vectors, and unit vectors perpendicular to them in place of the others. */
function completeAxes(cell: Matrix3 | null, periodic: Structure['periodic']): Matrix3 {
  const kept = cell ? cell.filter((_, axis) => periodic[axis]) : [];
  if (kept.length === 0) return [...identityAxes];
  const fillers = kept.length === 2 ? [unit(cross(kept[0]!, kept[1]!))] : perpendicularPair(kept[0]!);
  return periodic.map((isPeriodic) => (isPeriodic ? kept.shift()! : fillers.shift()!)) as Matrix3;
}

const identityAxes: Matrix3 = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function perpendicularPair(a: Vector3): [Vector3, Vector3] {
  const least = a.map(Math.abs).indexOf(Math.min(...a.map(Math.abs)));
  const u = unit(cross(a, identityAxes[least]!));
  return [u, unit(cross(a, u))];
}

function unit(a: Vector3): Vector3 {
  const length = norm(a);
  return a.map((x) => x / length) as Vector3;
}
