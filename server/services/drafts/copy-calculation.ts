import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import { type Draft, draftDataSchema } from '@/server/schemas/draft';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { storeDraft } from './create-draft';

/** A new draft with the choices of a calculation, opened at its first step. */
export async function copyCalculation(actor: Actor, { calculationId }: { calculationId: string }): Promise<Draft> {
  const scope = await projectScope(actor, 'write');
  const row = await db().calculation.findFirst({ where: { ...scope, id: calculationId } });
  if (!row) throw notFound('The calculation');
  const { draft } = row.inputs as { draft: unknown };
  return storeDraft(actor, scope, { ...draftDataSchema.parse(draft), step: 'structure', label: null });
}
