import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { Page } from '@/server/schemas/common';
import type { listStructuresSchema, StructureSummary } from '@/server/schemas/structure';
import type { Actor } from '../actor';

export async function listStructures(
  _actor: Actor,
  _input: z.infer<typeof listStructuresSchema>,
): Promise<Page<StructureSummary>> {
  throw new AppError('unavailable', 'in the making');
}
