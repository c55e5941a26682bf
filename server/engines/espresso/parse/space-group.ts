import { KernelError } from '@/kernels/core/errors';
import { readMoyoWasm } from '@/kernels/crystal/native';
import type { Structure } from '@/kernels/crystal/schema';
import { analyzeSymmetry, isSymmetryLoaded, loadSymmetry } from '@/kernels/crystal/symmetry';

/** Larger cells would hold up the worker for longer than a second. */
const SITES_MAX = 200;

/** The number of a structure's space group; null where it is not looked for. pw.x tells operations only. */
export function spaceGroupOf(structure: Structure, toleranceAngstrom: number): number | null {
  if (structure.sites.length > SITES_MAX) return null;
  if (!isSymmetryLoaded()) loadSymmetry(readMoyoWasm());
  try {
    return analyzeSymmetry(structure, { toleranceAngstrom, maximumSites: SITES_MAX }).spaceGroupNumber;
  } catch (err) {
    if (err instanceof KernelError) return null;
    throw err;
  }
}
