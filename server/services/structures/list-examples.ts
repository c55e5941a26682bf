import { AppError } from '@/server/errors';
import type { StructureExample } from '@/server/schemas/structure';
import type { Actor } from '../actor';

export async function listExamples(_actor: Actor): Promise<StructureExample[]> {
  throw new AppError('unavailable', 'in the making');
}
