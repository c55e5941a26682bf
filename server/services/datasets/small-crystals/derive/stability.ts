import { elementAmounts } from '@/kernels/crystal/formula';
import { energiesAboveHull, type Phase } from '@/kernels/stability/hull';
import type { Measured } from './measure';

export interface Stability {
  formationEnergyEvPerAtom: number;
  energyAboveHullEvPerAtom: number;
}

/**
 * Of every crystal and molecule whose elements' ground phases are all here, by id. The energy of formation is that per atom less the mean of the
 * elements' lowest phases; the hull is of all phases here within its elements. Layers alone are no phases of a bulk and have neither.
 */
export function stabilities(
  all: readonly Measured[],
  groundPhases: Readonly<Record<string, string>>,
): Map<string, Stability> {
  const phases = all.filter(isPhase).map((measured) => ({ measured, shares: sharesOf(measured) }));
  const known = new Set(phases.map(({ measured }) => measured.compound.id));
  const lowest = new Map<string, number>();
  for (const { measured, shares } of phases) {
    if (shares.size > 1) continue;
    const element = [...shares.keys()][0]!;
    if (!known.has(groundPhases[element] ?? '')) continue;
    lowest.set(element, Math.min(lowest.get(element) ?? Infinity, perAtom(measured)));
  }
  const found = new Map<string, Stability>();
  for (const { measured, shares } of phases) {
    const elements = [...shares.keys()];
    if (elements.some((element) => !lowest.has(element))) continue;
    const phaseOf = (one: (typeof phases)[number]): Phase => ({
      composition: elements.map((element) => one.shares.get(element) ?? 0),
      energyPerAtom: perAtom(one.measured),
    });
    const system = phases.filter((other) => [...other.shares.keys()].every((element) => shares.has(element)));
    const [stability] = energiesAboveHull(system.map(phaseOf), [phaseOf({ measured, shares })]);
    const reference = elements.reduce((sum, element) => sum + shares.get(element)! * lowest.get(element)!, 0);
    found.set(measured.compound.id, {
      formationEnergyEvPerAtom: perAtom(measured) - reference,
      energyAboveHullEvPerAtom: stability!.aboveHull,
    });
  }
  return found;
}

const isPhase = ({ structure: { periodic } }: Measured) => periodic.every(Boolean) || !periodic.includes(true);

const perAtom = ({ functionalEnergyEv, structure }: Measured) => functionalEnergyEv / structure.sites.length;

function sharesOf({ structure }: Measured): Map<string, number> {
  const total = structure.sites.length;
  return new Map([...elementAmounts(structure)].map(([element, amount]) => [element, amount / total]));
}
