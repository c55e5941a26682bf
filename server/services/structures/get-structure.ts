import { AppError } from '@/server/errors';
import type { StructureDetail } from '@/server/schemas/structure';
import type { Actor } from '../actor';

export async function getStructure(_actor: Actor, _input: { id: string }): Promise<StructureDetail> {
  throw new AppError('unavailable', 'in the making');
}
