import { db } from '@/server/db/client';
import { isTerminal } from '@/server/schemas/process';
import { snapshotOf } from '@/server/services/calculations/snapshot';
import { acquire, transition } from '@/server/services/processes/transition';
import { processIdOf } from '../job/load-job';
import { workerState } from '../worker-state';
import { isRelaxed, planProcesses } from './plan';
import { takeOverSteps } from './take-over-steps';

/** Makes the tree of a calculation's processes and sets its root running; false where it ended before it began. */
export async function beginCalculation(calculationId: string): Promise<{ goesOn: boolean; properties: string[] }> {
  const { workerId } = workerState();
  const calculation = await db().calculation.findUniqueOrThrow({ where: { id: calculationId } });
  const root = await db().process.findUniqueOrThrow({ where: { id: calculationId } });
  const { properties, projectId } = calculation;
  if (isTerminal(root.state)) return { goesOn: false, properties };
  await acquire(workerId, calculationId);
  const { resolved, draft } = snapshotOf(calculation);
  const computerId = draft.resources.computerId ?? workerState().computerId;
  const planned = planProcesses(resolved);
  const rows = planned.map(({ name, title, kind, parent, expectedSeconds }, ordinal) => ({
    id: processIdOf(calculationId, name),
    projectId,
    calculationId,
    parentId: parent ? processIdOf(calculationId, parent) : calculationId,
    kind,
    name,
    title,
    ordinal,
    state: 'waiting' as const,
    workerId,
    ...(kind === 'job'
      ? {
          computerId,
          cores: resolved.cores.value,
          memoryBytes: BigInt(Math.ceil(resolved.estimate?.memoryBytes ?? 0)),
          expectedSeconds,
          timeLimitSeconds: draft.resources.timeLimitSeconds,
        }
      : {}),
  }));
  const first = isRelaxed(properties) ? 'relaxation' : 'self-consistent field';
  const phase = calculation.rerunOfId === null ? first : null;
  await db().$transaction(async (tx) => {
    await tx.process.createMany({ data: rows, skipDuplicates: true });
    await tx.link.createMany({
      data: rows.map((row) => ({ kind: 'call' as const, name: row.name, processId: row.parentId, calledId: row.id })),
      skipDuplicates: true,
    });
    await takeOverSteps(tx, calculation);
    await transition(workerId, { processId: calculationId, to: 'running', phase }, tx);
  });
  return { goesOn: true, properties };
}
