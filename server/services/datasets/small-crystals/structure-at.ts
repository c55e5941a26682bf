import type { Structure } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';
import type { PlanewaveInput } from '@/kernels/planewave/schema';
import type { KeptOutput } from './record';

/** The structure of an input, with its cell and atoms where a relaxation left them. */
export function structureAt({ structure }: PlanewaveInput, final?: KeptOutput['final']): Structure {
  const parsed = parseStructure(structure);
  if (!final) return parsed;
  return {
    ...parsed,
    cellAngstrom: final.cellAngstrom,
    sites: parsed.sites.map((site, i) => ({ ...site, position: final.fractional[i]! })),
  };
}
