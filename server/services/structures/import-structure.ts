import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { importStructureSchema, StructureDetail } from '@/server/schemas/structure';
import type { Actor } from '../actor';

export async function importStructure(
  _actor: Actor,
  _input: z.infer<typeof importStructureSchema>,
): Promise<StructureDetail> {
  throw new AppError('unavailable', 'in the making');
}
