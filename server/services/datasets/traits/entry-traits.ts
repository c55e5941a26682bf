import { KernelError } from '@/kernels/core/errors';
import { fingerprint } from '@/kernels/crystal/fingerprint';
import { fromOptimade } from '@/kernels/crystal/formats/json';
import { prototypeOf } from '@/kernels/crystal/prototype';
import type { Structure } from '@/kernels/crystal/schema';
import { analyzeSymmetry } from '@/kernels/crystal/symmetry';
import { hasInnerTranslation } from '@/kernels/crystal/translations';
import { strongLines } from '@/kernels/diffraction/strong-lines';
import { type EntryTraits, noTraits } from './traits';

/** Larger cells are left out: most of the time would go into a few of them. */
const SITES_MAX = 300;
/** Of cells that repeat a smaller one; see `analyzeSymmetry`. */
const REPEATED_SITES_MAX = 128;

/** In the structure thread. */
export function describeTraits({ attributes }: { attributes: readonly unknown[] }): EntryTraits[] {
  return attributes.map((one) => {
    const given = one as Record<string, unknown>;
    // Some entries are values alone.
    const structure = given.cartesian_site_positions ? attempt(() => fromOptimade(given)) : null;
    return structure && structure.sites.length <= SITES_MAX ? traitsOf(structure) : noTraits;
  });
}

function traitsOf(structure: Structure): EntryTraits {
  const symmetry = attempt(() => {
    if (structure.sites.length > REPEATED_SITES_MAX && hasInnerTranslation(structure, 0.01)) return null;
    return analyzeSymmetry(structure);
  });
  const prototype = symmetry && attempt(() => prototypeOf(structure, symmetry));
  const print = attempt(() => fingerprint(structure));
  const lines = attempt(() => strongLines(structure));
  return {
    prototype: prototype?.key ?? null,
    pearson: prototype?.pearson ?? null,
    spaceGroupNumber: symmetry?.spaceGroupNumber ?? null,
    fingerprint: print && base64(inBytes(print)),
    lines: lines && base64(Float32Array.of(...lines.logSpacings, ...lines.strengths)),
  };
}

/** Cosines do not ask how long a vector is: each fills the bytes that it has. */
function inBytes(values: Float64Array): Int8Array {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Int8Array.from(values, (value) => Math.round((127 * value) / (largest || 1)));
}

const base64 = ({ buffer, byteOffset, byteLength }: Int8Array | Float32Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

/** Null for what the kernels foresee as impossible. */
function attempt<Value>(make: () => Value | null): Value | null {
  try {
    return make();
  } catch (err) {
    if (err instanceof KernelError) return null;
    throw err;
  }
}
