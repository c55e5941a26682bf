import { db } from '@/server/db/client';
import type { CalculationSummary } from '@/server/schemas/calculation';
import { type Failure, terminalStates } from '@/server/schemas/process';
import type { Actor } from '../actor';
import { requestGoOn } from '../processes/wishes';
import { projectScope } from '../scope';
import { toCalculationSummary } from './calculation-row';
import { requireCalculation } from './require-calculation';
import { AFTER_FAILED, letBegin, settleWaits } from './waits';

/**
 * Puts a calculation that was made to wait back into the queue; one that does not wait stays as it is. One that was to begin after another
 * which ended badly begins without it.
 */
export async function goOn(actor: Actor, { id }: { id: string }): Promise<CalculationSummary> {
  const scope = await projectScope(actor, 'write');
  const { projectId, priority, processes } = await requireCalculation(scope, id);
  const isHeld = (processes[0]!.failure as Failure | null)?.code === AFTER_FAILED;
  await db().$transaction(async (tx) => {
    await requestGoOn(tx, id);
    if (!isHeld) return;
    await tx.calculationWait.updateMany({
      where: {
        ...{ calculationId: id, metAt: null },
        after: { processes: { some: { parentId: null, state: { in: [...terminalStates] } } } },
      },
      data: { metAt: new Date() },
    });
    const open = await tx.calculationWait.count({ where: { calculationId: id, metAt: null } });
    if (open === 0) await letBegin(tx, { id, projectId, priority });
  });
  await settleWaits();
  return toCalculationSummary(await requireCalculation(scope, id));
}
