import { z } from 'zod';
import { idSchema } from './common';

/** The largest archive of a family that is taken: the whole of PseudoDojo or SSSP has a tenth of it. */
export const FAMILY_BYTES_MAX = 512_000_000;

export interface PseudopotentialSummary {
  element: string;
  /** Of the built-in family the name of the entry. */
  fileName: string;
  /** Null for the built-in family, which has no files. */
  md5: string | null;
  sha256: string | null;
  /** `NC`, `US` or `PAW`. */
  type: string;
  /** How the atom was computed from which it was made; null where the file does not tell. */
  relativity: 'none' | 'scalar' | 'full' | null;
  valenceElectrons: number;
  hasCoreCorrection: boolean;
  hasSpinOrbit: boolean;
  cutoffHartree: { fast: number; balanced: number; stringent: number };
  /** Null: four times the cutoff of the orbitals. */
  densityCutoffHartree: number | null;
}

export interface FamilySummary {
  /** Null for the built-in family. */
  id: string | null;
  name: string;
  description: string;
  /** Where the cutoffs come from. */
  layout: 'built-in' | 'sssp' | 'pseudodojo' | 'headers';
  /** One of our functionals, or the words of the files; the built-in family serves all of ours. */
  functional: string;
  elements: string[];
  hasSpinOrbit: boolean;
  createdAt: Date | null;
}

export interface FamilyDetail extends FamilySummary {
  pseudopotentials: PseudopotentialSummary[];
  /** What was left out of the archive, and why, as sentences. Only right after installing. */
  notes: string[];
}

export const familyIdSchema = z.object({ id: idSchema });
/** Null: the built-in family. */
export const getFamilySchema = z.object({ id: idSchema.nullable() });
