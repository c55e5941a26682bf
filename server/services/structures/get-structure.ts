import type { StructureDetail } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireStructure, toStructureDetail } from './structure-row';

export async function getStructure(actor: Actor, { id }: { id: string }): Promise<StructureDetail> {
  return toStructureDetail(await requireStructure(await projectScope(actor, 'read'), id));
}
