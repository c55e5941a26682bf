import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { Draft } from '@/server/schemas/draft';
import type { CalculationStep } from '@/server/schemas/process';
import type { Actor } from '../actor';
import { snapshotOf } from '../calculations/snapshot';
import { projectScope } from '../scope';
import { storeDraft } from './create-draft';

/** A new draft with the choices of a calculation: all of it anew, or from one of its steps on. */
export async function copyCalculation(
  actor: Actor,
  { calculationId, from }: { calculationId: string; from?: CalculationStep | null | undefined },
): Promise<Draft> {
  const scope = await projectScope(actor, 'write');
  const row = await db().calculation.findFirst({ where: { ...scope, id: calculationId } });
  if (!row) throw notFound('The calculation');
  const { draft } = snapshotOf(row);
  const rerun = from ? { calculationId, from } : null;
  return storeDraft(actor, scope, { ...draft, step: from ? 'properties' : 'structure', label: null, rerun, after: [] });
}
