import { KernelError } from '../core/errors';
import { cellVolume } from './cell';
import { visitPairs } from './pairs';
import type { Structure } from './schema';

/** Distances are in units of (V/N)^(1/3) and looked at between these. */
const FROM = 0.4;
const TO = 3;
const BINS = 52;
const WIDTH = 0.06;
const SITES_MAX = 400;

/** Length of a fingerprint: all pairs of atoms, and pairs of like atoms. */
export const FINGERPRINT_LENGTH = 2 * BINS;

/**
 * What a crystal looks like without its elements and its size: how the numbers of neighbours at each distance differ from those of a gas,
 *   g(r) = sum over pairs of exp(-(r - r_ij)^2 / (2 w^2)) / (N 4 pi r^2 w sqrt(2 pi)) - 1,
 * r in units of (V/N)^(1/3) from 0.4 to 3, w = 0.06, first over all pairs, then over pairs of the same kind, divided by the share
 * that these have (the idea: Oganov and Valle, J. Chem. Phys. 130, 104504 (2009)). Cosines between such vectors say how alike two crystals
 * are; neither origin, cell, rotation, scale nor the names of the elements change them.
 * Throws KernelError `no-crystal`, `too-many-atoms`.
 */
export function fingerprint(structure: Structure): Float64Array {
  const { cellAngstrom, periodic, sites } = structure;
  if (!cellAngstrom || periodic.includes(false) || !(cellVolume(cellAngstrom) > 0))
    throw new KernelError('no-crystal', 'Only what repeats in three directions has this fingerprint.');
  if (sites.length > SITES_MAX)
    throw new KernelError('too-many-atoms', `Fingerprints are of up to ${SITES_MAX} atoms; this has ${sites.length}.`, {
      sites: sites.length,
    });
  const unit = Math.cbrt(cellVolume(cellAngstrom) / sites.length);
  const kinds = sites.map(({ species }) => species[0]!.element);
  const step = (TO - FROM) / BINS;
  const reach = Math.ceil((4 * WIDTH) / step);
  const values = new Float64Array(FINGERPRINT_LENGTH);
  visitPairs(structure, (TO + 4 * WIDTH) * unit, (i, j, _, squared) => {
    const r = Math.sqrt(squared) / unit;
    const middle = Math.floor((r - FROM) / step);
    for (let bin = Math.max(0, middle - reach); bin <= Math.min(BINS - 1, middle + reach); bin++) {
      const at = FROM + (bin + 0.5) * step;
      const height = Math.exp(-((r - at) ** 2) / (2 * WIDTH ** 2));
      values[bin]! += height;
      if (kinds[i] === kinds[j]) values[BINS + bin]! += height;
    }
    return false;
  });
  const alike = shareOfLikePairs(kinds);
  for (let bin = 0; bin < BINS; bin++) {
    const at = FROM + (bin + 0.5) * step;
    const gas = sites.length * 4 * Math.PI * at ** 2 * WIDTH * Math.sqrt(2 * Math.PI);
    values[bin] = values[bin]! / gas - 1;
    values[BINS + bin] = values[BINS + bin]! / (gas * alike) - 1;
  }
  return values;
}

/** Half of one less the cosine: 0 for equal crystals, 1 for opposite ones. */
export function fingerprintDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return (1 - ab / Math.sqrt(aa * bb)) / 2;
}

function shareOfLikePairs(kinds: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum + (count / kinds.length) ** 2, 0);
}
