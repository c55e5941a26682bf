import { examples } from '@/kernels/crystal/examples.data';
import { formula } from '@/kernels/crystal/formula';
import { parseStructure } from '@/kernels/crystal/structure';
import type { StructureExample } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { projectScope } from '../scope';

/** The crystals that ship with the platform. They are nobody's; still only members of a project are answered. */
export async function listExamples(actor: Actor): Promise<StructureExample[]> {
  await projectScope(actor, 'read');
  return examples.map(({ id, name, group, description, structure }) => ({
    ...{ id, name, group, description },
    formula: formula(parseStructure(structure)),
  }));
}
