import type { z } from 'zod';
import { AppError } from '@/server/errors';
import type { StructureDetail, toCellSchema } from '@/server/schemas/structure';
import type { Actor } from '../actor';

export async function convertCell(_actor: Actor, _input: z.infer<typeof toCellSchema>): Promise<StructureDetail> {
  throw new AppError('unavailable', 'in the making');
}
