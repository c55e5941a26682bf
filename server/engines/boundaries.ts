import type { Structure } from '@/kernels/crystal/schema';
import type { Boundaries } from '@/kernels/planewave/boundary-kinds';

/** A layer whose vacuum lies along c is computed alone, and so is a molecule; anything else is repeated in all directions. */
export function boundariesOf({ periodic: [a, b, c] }: Structure): Boundaries {
  if (!a && !b && !c) return 'isolated';
  return a && b && !c ? 'slab' : 'periodic';
}
