import { cellVolume } from '@/kernels/crystal/cell';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import type { Compound } from './compound';
import { entryOf, relaxationInput } from './protocol';

/** The cheapest first, so that much is there soon: by plane waves times valence electrons times k-points, all up to a factor. */
export function byCost(compounds: readonly Compound[]): Compound[] {
  return compounds
    .map((compound) => ({ compound, cost: costOf(relaxationInput(compound)) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ compound }) => compound);
}

function costOf({ structure, cutoffHartree, kpoints }: PlanewaveInput): number {
  const mesh = 'mesh' in kpoints ? kpoints.mesh : [1, 1, 1];
  const planeWaves = cellVolume(structure.cellAngstrom!) * cutoffHartree! ** 1.5;
  // Half of a mesh follows from the other by time reversal, and much of the rest by the symmetry of prototypes.
  const points = Math.max(1, mesh.reduce((product, n) => product * n, 1) / 24);
  const electrons = structure.sites.reduce((sum, { element }) => sum + electronsOf(element!), 0);
  return planeWaves * points * electrons;
}

/** 14 of the entry GTH-PBE-q14. */
const electronsOf = (element: string) => Number(/-q(\d+)$/.exec(entryOf(element))![1]);
