import { KernelError } from '../core/errors';
import { cellVolume } from './cell';
import { add, norm, rowTimesMatrix, subtract } from './linear';
import { visitPairs } from './pairs';
import type { Structure, Vector3 } from './schema';
import { cartesianPositions } from './structure';

/** All ordered pairs within a cutoff, sorted by first site; pair p goes from `first[p]` to the image `images[3p..]` of `second[p]`. */
export interface NeighbourList {
  count: number;
  first: Int32Array;
  second: Int32Array;
  /** Shape [count, 3]: the cell of the second site, from the positions as given. */
  images: Int32Array;
  /** Shape [count, 3]: x_second + image A - x_first, angstrom. */
  displacementsAngstrom: Float64Array;
  distancesAngstrom: Float64Array;
  /** Shape [sites + 1]: the pairs of site i are offsets[i] to offsets[i + 1]. */
  offsets: Int32Array;
}

export interface SitePair {
  first: number;
  second: number;
  /** The cell in which the second site is seen. */
  image: Vector3;
  distanceAngstrom: number;
}

const MOST_PAIRS = 2e7;

/**
 * Both directions of every pair with a distance of at most the cutoff, images along periodic axes included, a site with itself in its own cell left out.
 * Time is linear in the number of sites at given density. Throws KernelError `too-many-neighbours` beyond 2e7 pairs.
 */
export function neighbourList(structure: Structure, cutoffAngstrom: number): NeighbourList {
  const first: number[] = [];
  const second: number[] = [];
  const images: number[] = [];
  visitPairs(structure, cutoffAngstrom, (i, j, image) => {
    if (first.length >= MOST_PAIRS) {
      throw new KernelError(
        'too-many-neighbours',
        `More than ${MOST_PAIRS} pairs lie within ${cutoffAngstrom} angstrom; choose a smaller cutoff.`,
        { cutoffAngstrom },
      );
    }
    first.push(i);
    second.push(j);
    images.push(...image);
    return false;
  });
  return withGeometry(structure, first, second, images);
}

/**
 * The two sites (or a site and its own image) that are nearest to each other; null for a single atom without periodicity.
 * The search starts at the mean spacing and halves or doubles from there, so its time is linear also for sites heaped upon each other.
 */
export function nearestPair(structure: Structure): SitePair | null {
  const { sites, cellAngstrom, periodic } = structure;
  if (sites.length < 2 && !periodic.includes(true)) return null;
  const isBulk = cellAngstrom !== null && !periodic.includes(false);
  let cutoffAngstrom = isBulk ? Math.cbrt(cellVolume(cellAngstrom) / sites.length) : 1.5;
  for (;;) {
    const { best, isFinal } = nearestWithin(structure, cutoffAngstrom);
    if (isFinal) return best;
    cutoffAngstrom = best ? Math.max(best.distanceAngstrom * (1 + 1e-9), 1e-6) : 2 * cutoffAngstrom;
  }
}

/** Ends early, not final, when bins of the cutoff's width turn out much too wide. */
function nearestWithin(structure: Structure, cutoffAngstrom: number): { best: SitePair | null; isFinal: boolean } {
  let best: SitePair | null = null;
  let nearestSquared = Infinity;
  let isFinal = true;
  visitPairs(structure, cutoffAngstrom, (first, second, image, squared) => {
    if (squared >= nearestSquared) return false;
    nearestSquared = squared;
    best = { first, second, image: [...image], distanceAngstrom: Math.sqrt(squared) };
    const isCoincident = best.distanceAngstrom < 1e-6;
    isFinal = isCoincident || best.distanceAngstrom > cutoffAngstrom / 2;
    return isCoincident || !isFinal;
  });
  return { best, isFinal: isFinal && best !== null };
}

function withGeometry(structure: Structure, first: number[], second: number[], images: number[]): NeighbourList {
  const positions = cartesianPositions(structure);
  const count = first.length;
  const displacementsAngstrom = new Float64Array(3 * count);
  const distancesAngstrom = new Float64Array(count);
  const offsets = new Int32Array(structure.sites.length + 1);
  for (let p = 0; p < count; p++) {
    const from = positions[first[p]!]!;
    const image = images.slice(3 * p, 3 * p + 3) as Vector3;
    const shift: Vector3 = structure.cellAngstrom ? rowTimesMatrix(image, structure.cellAngstrom) : [0, 0, 0];
    const d = subtract(add(positions[second[p]!]!, shift), from);
    displacementsAngstrom.set(d, 3 * p);
    distancesAngstrom[p] = norm(d);
    offsets[first[p]! + 1]!++;
  }
  for (let i = 1; i < offsets.length; i++) offsets[i]! += offsets[i - 1]!;
  return {
    count,
    first: Int32Array.from(first),
    second: Int32Array.from(second),
    images: Int32Array.from(images),
    displacementsAngstrom,
    distancesAngstrom,
    offsets,
  };
}
