import { KernelError } from '@/kernels/core/errors';
import type { Structure } from '@/kernels/crystal/schema';
import { powderPattern } from '@/kernels/diffraction/powder-pattern';
import type { PowderLine } from '@/kernels/diffraction/schema';
import { kAlphaAngstrom } from '@/kernels/diffraction/wavelengths';
import { PATTERN_START, type PatternChoice } from './use-pattern-choice';

/** The lines of a crystal, or the sentence that says why it has none. */
export function computePattern(
  structure: Structure,
  choice: PatternChoice,
): { lines: PowderLine[]; fault: string | null } {
  const { anode, endDegrees, displacementAngstrom2 } = choice;
  try {
    const lines = powderPattern(structure, {
      ...{ wavelengthAngstrom: kAlphaAngstrom(anode), displacementAngstrom2 },
      rangeDegrees: [PATTERN_START, endDegrees],
    });
    return { lines, fault: null };
  } catch (err) {
    if (err instanceof KernelError) return { lines: [], fault: err.message };
    throw err;
  }
}
