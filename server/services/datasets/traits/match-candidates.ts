import { KernelError } from '@/kernels/core/errors';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import { matchStructures, type StructureMatch } from '@/kernels/crystal/match-structures';
import type { Structure } from '@/kernels/crystal/schema';

/** Of the search for equal crystals; what is left then was not compared. */
const TIME_MAX_MS = 1_000;
/** Of one comparison: some 20 ms; most take one. */
const EFFORT = 5e5;

/** For each candidate whether it is the same crystal; 'uncompared' where time or size did not allow it. In the structure thread. */
export function matchCandidates({
  structure,
  candidates,
}: {
  structure: Structure;
  candidates: readonly unknown[];
}): (StructureMatch | null | 'uncompared')[] {
  const end = Date.now() + TIME_MAX_MS;
  return candidates.map((attributes) => {
    if (Date.now() > end) return 'uncompared';
    try {
      return matchStructures(structure, fromOptimade(attributes as Record<string, unknown>), { effort: EFFORT });
    } catch (err) {
      if (err instanceof KernelError) return 'uncompared';
      throw err;
    }
  });
}
