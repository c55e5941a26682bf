import type { Calculation } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import type { CalculationDetail } from '@/server/schemas/calculation';
import type { CalculationStep } from '@/server/schemas/process';
import type { Actor } from '../actor';
import { processTree } from '../processes/tree';
import { projectScope } from '../scope';
import { toCalculationSummary } from './calculation-row';
import { diskUseOf } from './disk-use';
import { requireCalculation } from './require-calculation';
import { waitsOf } from './waits';

/** A calculation with its inputs and its tree. The event number is read first: what happens meanwhile is told again, not lost. */
export async function getCalculation(actor: Actor, { id }: { id: string }): Promise<CalculationDetail> {
  const scope = await projectScope(actor, 'read');
  const newest = await db().processEvent.aggregate({ where: { calculationId: id, ...scope }, _max: { number: true } });
  const row = await requireCalculation(scope, id);
  const inputs = row.inputs as unknown as CalculationDetail['inputs'];
  return {
    ...toCalculationSummary(row),
    inputs,
    tree: await processTree(id),
    lastEventNumber: newest._max.number ?? 0,
    expectedSeconds: inputs.resolved.estimate?.seconds ?? null,
    rerunOf: await sourceOf(row),
    isReusable: row.isReusable,
    waits: await waitsOf(id),
    disk: (await diskUseOf([id])).get(id)!,
  };
}

async function sourceOf({
  rerunOfId,
  rerunFrom,
}: Pick<Calculation, 'rerunOfId' | 'rerunFrom'>): Promise<CalculationDetail['rerunOf']> {
  if (rerunOfId === null) return null;
  const source = await db().calculation.findUnique({ where: { id: rerunOfId }, select: { id: true, label: true } });
  return source && { ...source, from: rerunFrom as CalculationStep };
}
