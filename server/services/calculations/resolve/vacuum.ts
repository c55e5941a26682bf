import { BOHR_ANGSTROM } from '@/kernels/core/constants';
import { KernelError } from '@/kernels/core/errors';
import type { Matrix3, Structure } from '@/kernels/crystal/schema';
import { structureInput } from '@/kernels/crystal/structure';
import { createLattice } from '@/kernels/planewave/basis/lattice';
import { planewaveInputSchema } from '@/kernels/planewave/schema';
import { checkBoundaries } from '@/kernels/planewave/setup/boundaries';
import { boundariesOf } from '@/server/engines/boundaries';
import { slabHindrance } from '@/server/engines/espresso/input/isolation';
import type { DraftData } from '@/server/schemas/draft';
import type { Notice } from '@/server/schemas/resolved';

const noticeOf = (code: string, message: string): Notice => ({ code, message, step: 'structure', property: null });

/** Whether a slab or a molecule has the vacuum that the engines need to compute it alone: the same for both, and what pw.x asks beyond. */
export function checkVacuum(structure: Structure, { engine, charge }: DraftData): Notice[] {
  const boundaries = boundariesOf(structure);
  const { cellAngstrom, periodic, sites } = structure;
  if (boundaries === 'periodic') return [];
  const lattice = createLattice(cellAngstrom!.map((row) => row.map((x) => x / BOHR_ANGSTROM)) as Matrix3);
  const input = planewaveInputSchema.parse({
    ...{ task: 'scf', structure: structureInput(structure), kpoints: { mesh: [1, 1, 1] }, boundaries, charge },
  });
  try {
    checkBoundaries(input, lattice, { positions: sites.map(({ position }) => position), periodic }, []);
  } catch (err) {
    if (!(err instanceof KernelError)) throw err;
    return [noticeOf(err.code, err.message)];
  }
  const hindrance = engine === 'espresso' && boundaries === 'slab' ? slabHindrance(structure) : null;
  return hindrance ? [noticeOf('slab-cell', hindrance)] : [];
}
