import type { Calculation } from '@/generated/prisma/client';
import type { Database } from '@/server/db/client';
import { stepsOf } from '@/server/properties/ids';
import type { CalculationStep } from '@/server/schemas/process';
import { snapshotOf } from '@/server/services/calculations/snapshot';
import { processIdOf } from '../job/load-job';
import { takeOver } from '../job/take-over';
import { planProcesses } from './plan';

/**
 * Ends the jobs before the step from which a calculation is run again with what that calculation found, also where reuse is refused: a
 * person asked for these results. Called within the transaction that makes the jobs.
 */
export async function takeOverSteps(tx: Database, calculation: Calculation): Promise<void> {
  const { id, projectId, properties, rerunOfId, rerunFrom } = calculation;
  if (rerunOfId === null) return;
  const steps = stepsOf(properties);
  const taken: string[] = steps.slice(0, Math.max(0, steps.indexOf(rerunFrom as CalculationStep)));
  for (const { name, kind, parent } of planProcesses(snapshotOf(calculation).resolved)) {
    if (kind !== 'job' || !taken.includes(parent ?? name)) continue;
    const processId = processIdOf(id, name);
    const row = await tx.process.findUniqueOrThrow({ where: { id: processId } });
    // A begin that is repeated after a crash finds it done.
    if (row.state !== 'waiting') continue;
    const twin = await tx.process.findUnique({
      where: { calculationId_name: { calculationId: rerunOfId, name } },
      include: { links: true, calculation: { select: { label: true } } },
    });
    if (twin?.state !== 'finished') continue;
    const { jobKey, codeId, computerId, cores, failuresMet } = twin;
    await tx.process.update({ where: { id: processId }, data: { jobKey, codeId, computerId, cores, failuresMet } });
    const inputs = twin.links.filter((link) => link.kind === 'input');
    await tx.link.createMany({
      data: inputs.map((link) => ({ kind: 'input' as const, name: link.name, processId, dataNodeId: link.dataNodeId })),
    });
    const message = `Taken over from “${twin.calculation!.label}”, which is run again from a later step.`;
    await takeOver(tx, { id: processId, projectId, calculationId: id }, { twin, message });
  }
}
