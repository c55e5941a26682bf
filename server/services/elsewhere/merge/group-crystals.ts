import { KernelError } from '@/kernels/core/errors';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import { matchStructures } from '@/kernels/crystal/match-structures';
import type { Structure } from '@/kernels/crystal/schema';
import { structureHash } from '@/kernels/crystal/structure-hash';
import { SAME_LENGTHS, SAME_RMS } from '@/server/schemas/elsewhere';

export interface Ungrouped {
  id: string;
  attributes: unknown;
}

/** Of all comparisons; what is left then stays alone. */
const TIME_MAX_MS = 1_500;
/** Of one, some 20 ms; most take one. */
const EFFORT = 5e5;

export interface Grouped {
  id: string;
  groupId: string;
  isSkipped: boolean;
}

/**
 * For each fresh crystal the known or fresh one that it is the same as, or itself. All are of one composition. The same: equal to the last
 * bit, or as matchStructures finds, with lengths and places as near as two computations of one crystal are. In the structure thread.
 */
export function groupCrystals({
  known,
  fresh,
}: {
  known: readonly Ungrouped[];
  fresh: readonly Ungrouped[];
}): Grouped[] {
  const end = Date.now() + TIME_MAX_MS;
  const heads = known.map(({ id, attributes }) => ({ id, structure: read(attributes) }));
  return fresh.map(({ id, attributes }) => {
    const structure = read(attributes);
    let isSkipped = false;
    for (const head of heads) {
      if (Date.now() > end) isSkipped = true;
      const same = isSkipped ? isEqual(head.structure, structure) : isSame(head.structure, structure);
      if (same === true) return { id, groupId: head.id, isSkipped: false };
      if (same === null) isSkipped = true;
    }
    heads.push({ id, structure });
    return { id, groupId: id, isSkipped };
  });
}

const read = (attributes: unknown) => fromOptimade(attributes as Record<string, unknown>);

const isEqual = (first: Structure, second: Structure) => structureHash(first) === structureHash(second);

/** Null where it takes too long to tell; what repeats in fewer than three directions is only ever equal. */
function isSame(first: Structure, second: Structure): boolean | null {
  if (isEqual(first, second)) return true;
  if (first.periodic.includes(false) || second.periodic.includes(false)) return false;
  try {
    const match = matchStructures(first, second, { effort: EFFORT });
    return match !== null && match.rms <= SAME_RMS && Math.abs(match.scale - 1) <= SAME_LENGTHS;
  } catch (err) {
    if (err instanceof KernelError) return err.code === 'no-crystal' ? false : null;
    throw err;
  }
}
