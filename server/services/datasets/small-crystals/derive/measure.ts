import { HARTREE_EV } from '@/kernels/core/constants';
import type { Structure } from '@/kernels/crystal/schema';
import type { Compound } from '../compound';
import type { CompoundRecord, KeptOutput } from '../record';
import { structureAt } from '../structure-at';

/** What a compound's runs say, before it is compared with others. Energies of the whole cell, eV. */
export interface Measured {
  compound: Compound;
  structure: Structure;
  /** Extrapolated to zero smearing, D3 included where it took part. */
  energyEv: number;
  /** The same without D3: of the functional alone, so that compounds with and without it compare. */
  functionalEnergyEv: number;
  fermiEv: number;
  gap: { gapEv: number; directEv: number | null; kind: 'direct' | 'indirect' | 'metal' } | null;
  /** Null where the cell holds vacuum. */
  pressureGpa: number | null;
  spaceGroupNumber: number | null;
}

/** Why a compound's numbers are not there: the sentence of the run that failed. */
export interface Failed {
  compound: Compound;
  structure: Structure;
  reason: string;
}

export function measure(compound: Compound, { runs }: CompoundRecord): Measured | Failed {
  const relaxation = runs.find(({ name }) => name === 'relax')!;
  const { output, input } = relaxation;
  const failure = runs.find((run) => run.failure)?.failure;
  if (!output?.final || output.energyZeroWidthHartree === null)
    return { compound, structure: structureAt(input), reason: failure?.message ?? 'It has no result.' };
  const structure = structureAt(input, output.final);
  const bands = runs.find(({ name }) => name === 'bands');
  if (failure) return { compound, structure, reason: failure.message };
  const dispersion = output.termsHartree?.['dispersion'] ?? 0;
  const isCrystal = structure.periodic.every(Boolean);
  return {
    compound,
    structure,
    energyEv: output.energyZeroWidthHartree * HARTREE_EV,
    functionalEnergyEv: (output.energyZeroWidthHartree - dispersion) * HARTREE_EV,
    fermiEv: output.fermiHartree * HARTREE_EV,
    gap: structure.periodic.includes(true) ? gapOf([output, ...(bands?.output ? [bands.output] : [])]) : null,
    pressureGpa: isCrystal ? output.final.pressureGpa : null,
    spaceGroupNumber: isCrystal ? output.spaceGroupNumber : null,
  };
}

/** Over the mesh of the density and the path of the bands together: both see the same potential. */
function gapOf(outputs: readonly KeptOutput[]): NonNullable<Measured['gap']> {
  const metal = { gapEv: 0, directEv: null, kind: 'metal' as const };
  const edges = outputs.map(({ gap }) => gap);
  if (edges.some(({ valence, conduction }) => !valence || !conduction)) return metal;
  const valence = edges.map((gap) => gap.valence!).reduce((a, b) => (b.energyHartree > a.energyHartree ? b : a));
  const conduction = edges.map((gap) => gap.conduction!).reduce((a, b) => (b.energyHartree < a.energyHartree ? b : a));
  const gapHartree = conduction.energyHartree - valence.energyHartree;
  if (gapHartree <= 0) return metal;
  const direct = edges.map((gap) => gap.directHartree).filter((x) => x !== null);
  const directHartree = Math.min(...direct);
  return {
    gapEv: gapHartree * HARTREE_EV,
    directEv: directHartree * HARTREE_EV,
    kind: directHartree - gapHartree < SAME_HARTREE ? 'direct' : 'indirect',
  };
}

/** Gaps closer than this are one: what is left of the bands' iterations. */
const SAME_HARTREE = 4e-6;
