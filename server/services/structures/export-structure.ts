import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { ExportedFile, exportStructureSchema } from '@/server/schemas/structure';
import type { Actor } from '../actor';

export async function exportStructure(
  _actor: Actor,
  _input: z.infer<typeof exportStructureSchema>,
): Promise<ExportedFile> {
  throw new AppError('unavailable', 'in the making');
}
