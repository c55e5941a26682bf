import { KernelError } from '../core/errors';
import { placesOf } from '../core/group';
import { assign } from './assignment';
import { cellVolume } from './cell';
import { add, determinant, dot, inverse, multiply, norm, rowTimesMatrix, subtract, transpose } from './linear';
import { niggliTransformation } from './niggli';
import { type BareCrystal, bareCrystal, primitiveCrystal } from './primitive-lattice';
import type { Matrix3, Structure, Vector3 } from './schema';
import { structureHash } from './structure-hash';

export interface MatchTolerances {
  /** By which share lengths of the cells may differ; 0.2 by default. */
  lengths?: number;
  /** By how much their angles may differ, degrees; 5 by default. */
  anglesDegrees?: number;
  /** How far a site may lie from its partner, in units of (V/N)^(1/3); 0.3 by default. */
  sites?: number;
  /** Distances between two sites that are looked at before the search gives up; 3e7 by default, about a second. */
  effort?: number;
}

export interface StructureMatch {
  /** Root mean square of the distances between partners, in units of (V/N)^(1/3) of cells brought to one volume. */
  rms: number;
  /** The largest of these distances. */
  largest: number;
  /** (V/N of the second / V/N of the first)^(1/3): by which the first is scaled. */
  scale: number;
}

/** Sites of a primitive cell; beyond it, the search may take minutes. */
const SITES_MAX = 200;
/** Of the way to the primitive cell, in units of (V/N)^(1/3). */
const PRIMITIVE_TOLERANCE = 0.1;
/** So near a match is not searched for a better one. */
const EXACT = 1e-4;

/**
 * Whether two crystals are the same up to origin, choice of cell, rotation, reflection and scale: both are brought to primitive cells of one
 * volume an atom; every basis of one lattice that is like the Niggli cell of the other is tried, and with each every shift that puts
 * a site of the rarest kind upon one of its kind; partners are then the assignment with the least sum of squares, the mean shift taken out.
 * The answer does not depend on the order of the two. Null where they do not match.
 * Throws KernelError `no-crystal`, `too-many-atoms`, `too-costly`.
 */
export function matchStructures(
  first: Structure,
  second: Structure,
  tolerances: MatchTolerances = {},
): StructureMatch | null {
  for (const { cellAngstrom, periodic, sites } of [first, second]) {
    if (!cellAngstrom || periodic.includes(false) || !(cellVolume(cellAngstrom) > 0))
      throw new KernelError('no-crystal', 'Only what repeats in three directions is compared.');
    if (sites.length > 10 * SITES_MAX) throw tooMany(sites.length);
  }
  const [hashA, hashB] = [structureHash(first), structureHash(second)];
  if (hashA === hashB) return { rms: 0, largest: 0, scale: 1 };
  const found = hashA < hashB ? matchOrdered(first, second, tolerances) : matchOrdered(second, first, tolerances);
  return found && { ...found, scale: scaleBetween(first, second) };
}

const spacing = ({ cellAngstrom, sites }: Structure) => Math.cbrt(cellVolume(cellAngstrom!) / sites.length);
const scaleBetween = (first: Structure, second: Structure) => spacing(second) / spacing(first);

function matchOrdered(a: Structure, b: Structure, tolerances: MatchTolerances): Omit<StructureMatch, 'scale'> | null {
  const { lengths = 0.2, anglesDegrees = 5, sites = 0.3, effort = 3e7 } = tolerances;
  if (composition(bareCrystal(a)) !== composition(bareCrystal(b))) return null;
  const [p, q] = [reduced(a), reduced(b)];
  if (p.kinds.length !== q.kinds.length) return null;
  if (p.kinds.length > SITES_MAX) throw tooMany(p.kinds.length);
  const work = { left: effort };
  let best: Omit<StructureMatch, 'scale'> | null = null;
  for (const rows of likeBases(p.cellAngstrom, q.cellAngstrom, { lengths, anglesDegrees })) {
    const found = matchSites(p, inBasis(q, rows), { tolerance: sites, work });
    if (found && (!best || found.rms < best.rms)) best = found;
    if (best && best.rms < EXACT) break;
  }
  return best;
}

const tooMany = (count: number) =>
  new KernelError('too-many-atoms', `Structures of up to ${SITES_MAX} atoms are compared; this one has ${count}.`, {
    sites: count,
    most: SITES_MAX,
  });

/** Shares of the kinds of site, the same for every cell of a crystal. */
function composition({ kinds }: BareCrystal): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([kind, count]) => `${kind}:${(count / kinds.length).toFixed(4)}`)
    .join();
}

/** The primitive crystal in its Niggli cell, of volume one an atom. */
function reduced(structure: Structure): BareCrystal {
  const primitive = primitiveCrystal(bareCrystal(structure), PRIMITIVE_TOLERANCE * spacing(structure));
  const unit = Math.cbrt(cellVolume(primitive.cellAngstrom) / primitive.kinds.length);
  const scaled = {
    ...primitive,
    cellAngstrom: primitive.cellAngstrom.map((row) => row.map((x) => x / unit)) as Matrix3,
  };
  return inBasis(scaled, niggliTransformation(scaled.cellAngstrom));
}

function inBasis({ cellAngstrom, kinds, positions }: BareCrystal, rows: Matrix3): BareCrystal {
  const back = inverse(rows);
  return {
    kinds,
    cellAngstrom: multiply(rows, cellAngstrom),
    positions: positions.map((position) => rowTimesMatrix(position, back)),
  };
}

/** Whole-numbered rows of determinant 1 or -1 that make of `cell` one whose lengths and angles are like those of `model`. */
function likeBases(
  model: Matrix3,
  cell: Matrix3,
  { lengths, anglesDegrees }: { lengths: number; anglesDegrees: number },
): Matrix3[] {
  const longest = Math.max(...model.map(norm)) * (1 + lengths);
  const vectors = vectorsWithin(cell, longest);
  const isLike = (x: number, y: number) => Math.max(x, y) <= (1 + lengths) * Math.min(x, y);
  const choices = model.map((row) => vectors.filter(({ vector }) => isLike(norm(vector), norm(row))));
  const isAngleLike = (i: number, j: number, u: Vector3, v: Vector3) =>
    Math.abs(angleDegrees(u, v) - angleDegrees(model[i]!, model[j]!)) <= anglesDegrees;
  const found: Matrix3[] = [];
  for (const u of choices[0]!)
    for (const v of choices[1]!) {
      if (!isAngleLike(0, 1, u.vector, v.vector)) continue;
      for (const w of choices[2]!)
        if (
          Math.abs(Math.abs(determinant([u.whole, v.whole, w.whole])) - 1) < 1e-6 &&
          isAngleLike(0, 2, u.vector, w.vector) &&
          isAngleLike(1, 2, v.vector, w.vector)
        )
          found.push([u.whole, v.whole, w.whole]);
    }
  return found.sort((x, y) => strain(model, multiply(x, cell)) - strain(model, multiply(y, cell)));
}

/** How unlike two cells are, so that the best is tried first. */
function strain(model: Matrix3, cell: Matrix3): number {
  let sum = 0;
  for (let i = 0; i < 3; i++)
    for (let j = i; j < 3; j++) sum += (dot(model[i]!, model[j]!) - dot(cell[i]!, cell[j]!)) ** 2;
  return sum;
}

const angleDegrees = (u: Vector3, v: Vector3) =>
  (Math.acos(Math.max(-1, Math.min(1, dot(u, v) / (norm(u) * norm(v))))) * 180) / Math.PI;

function vectorsWithin(cell: Matrix3, reach: number): { whole: Vector3; vector: Vector3 }[] {
  const toReciprocal = transpose(inverse(cell));
  const [m, n, o] = toReciprocal.map((row) => Math.ceil(reach * norm(row))) as Vector3;
  const found: { whole: Vector3; vector: Vector3 }[] = [];
  for (let i = -m; i <= m; i++)
    for (let j = -n; j <= n; j++)
      for (let k = -o; k <= o; k++) {
        const vector = rowTimesMatrix([i, j, k], cell);
        if ((i || j || k) && norm(vector) <= reach) found.push({ whole: [i, j, k], vector });
      }
  return found;
}

interface SiteSearch {
  tolerance: number;
  work: { left: number };
}

/** The best pairing of the sites of two crystals in like cells of one volume; lengths are of the mean of both metrics. */
function matchSites(
  p: BareCrystal,
  q: BareCrystal,
  { tolerance, work }: SiteSearch,
): Omit<StructureMatch, 'scale'> | null {
  const metric = meanMetric(p.cellAngstrom, q.cellAngstrom);
  const images = heightOf(metric) > 4 * tolerance ? [] : neighbourSteps;
  const groupsP = [...placesOf(p.kinds)].sort(([, x], [, y]) => x.length - y.length);
  const groupsQ = placesOf(q.kinds);
  const anchor = groupsP[0]![1][0]!;
  let best: Omit<StructureMatch, 'scale'> | null = null;
  for (const partner of groupsQ.get(p.kinds[anchor]!)!) {
    const shift = subtract(p.positions[anchor]!, q.positions[partner]!);
    const offsets: Vector3[] = [];
    for (const [kind, own] of groupsP) {
      const pairs = pairUp(own, groupsQ.get(kind)!, { p, q, shift, metric, images, tolerance, work });
      if (!pairs) break;
      offsets.push(...pairs);
    }
    if (offsets.length < p.kinds.length) continue;
    const found = withoutMeanShift(offsets, metric);
    if (found.largest <= tolerance && (!best || found.rms < best.rms)) best = found;
    if (best && best.rms < EXACT) return best;
  }
  return best;
}

interface Pairing extends SiteSearch {
  p: BareCrystal;
  q: BareCrystal;
  shift: Vector3;
  metric: Matrix3;
  /** Cells around the rounded one in which a nearer image may lie. */
  images: readonly Vector3[];
}

/** Differences of the partners of one kind; null where a site has none within reach. The anchor itself may be off by as much as others. */
function pairUp(
  own: readonly number[],
  others: readonly number[],
  { p, q, shift, metric, images, tolerance, work }: Pairing,
): Vector3[] | null {
  const reach = (2 * tolerance) ** 2;
  const differences: Vector3[][] = [];
  const costs: number[][] = [];
  for (const i of own) {
    work.left -= others.length;
    if (work.left < 0)
      throw new KernelError('too-costly', 'These structures have too many ways to lie upon each other to be compared.');
    const row = others.map((j) =>
      nearestDifference(subtract(add(q.positions[j]!, shift), p.positions[i]!), metric, images),
    );
    const squares = row.map((d) => quadratic(d, metric));
    if (Math.min(...squares) > reach) return null;
    differences.push(row);
    costs.push(squares);
  }
  return assign(costs).map((column, row) => differences[row]![column]!);
}

function withoutMeanShift(offsets: readonly Vector3[], metric: Matrix3): Omit<StructureMatch, 'scale'> {
  const mean = [0, 1, 2].map((axis) => offsets.reduce((sum, d) => sum + d[axis]!, 0) / offsets.length) as Vector3;
  const squares = offsets.map((d) => quadratic(subtract(d, mean), metric));
  const rms = Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length);
  return { rms, largest: Math.sqrt(Math.max(...squares)) };
}

const meanMetric = (a: Matrix3, b: Matrix3) =>
  [0, 1, 2].map((i) => [0, 1, 2].map((j) => (dot(a[i]!, a[j]!) + dot(b[i]!, b[j]!)) / 2)) as Matrix3;

const quadratic = (d: Vector3, metric: Matrix3) => dot(rowTimesMatrix(d, metric), d);

/** The least height of the cell with this metric: 1 over the longest reciprocal vector. */
const heightOf = (metric: Matrix3) => 1 / Math.sqrt(Math.max(...inverse(metric).map((row, i) => row[i]!)));

/** To the nearest image: the rounded one, which it is where the cell is higher than twice the reach, or one next to it. */
function nearestDifference(d: Vector3, metric: Matrix3, images: readonly Vector3[]): Vector3 {
  const rounded = d.map((x) => x - Math.round(x)) as Vector3;
  let best = rounded;
  let least = quadratic(best, metric);
  for (const step of images) {
    const moved = add(rounded, step);
    const square = quadratic(moved, metric);
    if (square < least - 1e-12) [best, least] = [moved, square];
  }
  return best;
}

const steps = [-1, 0, 1];
const neighbourSteps: Vector3[] = steps
  .flatMap((x) => steps.flatMap((y) => steps.map((z): Vector3 => [x, y, z])))
  .filter((v) => v.some((x) => x !== 0));
