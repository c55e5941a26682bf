import type { z } from 'zod';
import type { Structure } from '@/kernels/crystal/schema';
import { AppError } from '@/server/errors';
import type { StructureDetail, toCellSchema } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { recordEdit } from '../provenance/record-structure';
import { projectScope } from '../scope';
import { storeStructure } from './store-structure';
import { requireStructure } from './structure-row';
import { inThread } from './thread/in-thread';

/** The primitive or conventional cell of a structure, kept as a structure of its own. */
export async function convertCell(actor: Actor, { id, cell }: z.infer<typeof toCellSchema>): Promise<StructureDetail> {
  const scope = await projectScope(actor, 'compute');
  const row = await requireStructure(scope, id);
  const structure = row.data as unknown as Structure;
  if (structure.periodic.includes(false)) throw notACrystal();
  const described = await inThread('deriveCell', { structure, cell });
  const name = `${row.name.replace(/ \((primitive|conventional) cell\)$/, '')} (${cell} cell)`;
  const stored = await storeStructure(scope, described, { name, kind: 'derived', fileName: null });
  const title = `${cell === 'primitive' ? 'Primitive' : 'Conventional'} cell`;
  await recordEdit(actor, stored.id, { from: id, title, parameters: { cell } });
  return stored;
}

/** The other cell would repeat along the vacuum too. */
const notACrystal = () =>
  new AppError('bad-input', 'the structure is not periodic in three directions', {
    userMessage: 'Only a crystal that repeats in three directions has a primitive and a conventional cell.',
  });
