import type { z } from 'zod';
import { describeEdit } from '@/kernels/crystal/edit/describe-edit';
import type { Structure } from '@/kernels/crystal/schema';
import type { editStructureSchema, StructureDetail } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { recordEdit } from '../provenance/record-structure';
import { projectScope } from '../scope';
import { storeStructure } from './store-structure';
import { requireStructure } from './structure-row';
import { inThread } from './thread/in-thread';

const DEADLINE_MS = 5_000;

/** A structure changed step by step, kept as a structure of its own with what was done, so that it can be done again. */
export async function editStructure(
  actor: Actor,
  { id, edits, name }: z.infer<typeof editStructureSchema>,
): Promise<StructureDetail> {
  const scope = await projectScope(actor, 'compute');
  const row = await requireStructure(scope, id);
  const described = await inThread('edit', { structure: row.data as unknown as Structure, edits }, DEADLINE_MS);
  const title = edits.map(describeEdit).join('; ');
  const stored = await storeStructure(scope, described, {
    name: name ?? `${row.name} (${title})`,
    kind: 'derived',
    fileName: null,
  });
  await recordEdit(actor, stored.id, { from: id, title, parameters: { edits } });
  return stored;
}
