import { KernelError } from '@/kernels/core/errors';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import { SHOWN_TOLERANCE_ANGSTROM, spaceGroupNumber } from '@/kernels/crystal/symmetry';
import { hasInnerTranslation } from '@/kernels/crystal/translations';

/** A cell of more atoms that repeats a smaller one takes seconds (kernels/crystal/symmetry.ts). */
const REPEATED_SITES_MAX = 200;
const SITES_MAX = 1_000;

/** The numbers of the space groups of structures of OPTIMADE, to the tolerance of what people read; null where none is found. */
export const findSpaceGroups = ({ structures }: { structures: Record<string, unknown>[] }): (number | null)[] =>
  structures.map((attributes) => {
    try {
      const structure = fromOptimade(attributes);
      const isLarge = structure.sites.length > REPEATED_SITES_MAX;
      if (isLarge && hasInnerTranslation(structure, SHOWN_TOLERANCE_ANGSTROM)) return null;
      return spaceGroupNumber(structure, { maximumSites: SITES_MAX });
    } catch (err) {
      if (err instanceof KernelError) return null;
      throw err;
    }
  });
