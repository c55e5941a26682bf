import { BOHR_ANGSTROM } from '@/kernels/core/constants';
import { KernelError } from '@/kernels/core/errors';
import type { Matrix3, Structure } from '@/kernels/crystal/schema';
import { structureInput } from '@/kernels/crystal/structure';
import { createLattice } from '@/kernels/planewave/basis/lattice';
import { planewaveInputSchema } from '@/kernels/planewave/schema';
import { checkBoundaries } from '@/kernels/planewave/setup/boundaries';
import { boundariesOf } from '@/server/engines/planewave/boundaries';
import type { DraftData } from '@/server/schemas/draft';
import type { Notice } from '@/server/schemas/resolved';

/** Whether a slab or a molecule has the vacuum that the embedded engine needs to compute it alone. */
export function checkVacuum(structure: Structure, { engine, charge }: DraftData): Notice[] {
  const boundaries = boundariesOf(structure);
  if (engine !== 'planewave' || boundaries === 'periodic') return [];
  const { cellAngstrom, periodic, sites } = structure;
  const lattice = createLattice(cellAngstrom!.map((row) => row.map((x) => x / BOHR_ANGSTROM)) as Matrix3);
  const input = planewaveInputSchema.parse({
    ...{ task: 'scf', structure: structureInput(structure), kpoints: { mesh: [1, 1, 1] }, boundaries, charge },
  });
  try {
    checkBoundaries(input, lattice, { positions: sites.map(({ position }) => position), periodic }, []);
    return [];
  } catch (err) {
    if (!(err instanceof KernelError)) throw err;
    return [{ code: err.code, message: err.message, step: 'structure', property: null }];
  }
}
