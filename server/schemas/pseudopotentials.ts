import { z } from 'zod';
import { idSchema } from './common';

export interface PseudopotentialSummary {
  element: string;
  fileName: string;
  md5: string;
  sha256: string;
  type: string;
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
