import type { Process } from '@/generated/prisma/client';
import type { Structure } from '@/kernels/crystal/schema';
import { db } from '@/server/db/client';
import { derivedId } from '@/server/db/uuid';
import type { Engine, Task, TaskContext } from '@/server/engines/engine';
import { planewave } from '@/server/engines/planewave/engine';
import { isPropertyId } from '@/server/properties/ids';
import { propertyById } from '@/server/properties/registry';
import type { Resolved } from '@/server/schemas/resolved';
import { workerState } from '../worker-state';

/** Everything a job step works with, read from the database. */
export interface Job {
  row: Process;
  engine: Engine;
  task: Task;
  context: TaskContext;
  useCache: boolean;
}

export const processIdOf = (calculationId: string, name: string) => derivedId(calculationId, name);

export async function loadJob(processId: string): Promise<Job> {
  const row = await db().process.findUniqueOrThrow({
    where: { id: processId },
    include: { calculation: { include: { structure: true } } },
  });
  const { calculation } = row;
  const { resolved } = calculation.inputs as unknown as { resolved: Resolved };
  const task = taskOf(row.name, resolved);
  return {
    row,
    engine: planewave,
    task,
    useCache: calculation.useCache,
    context: {
      structure: calculation.structure.data as unknown as Structure,
      resolved,
      cores: row.cores ?? resolved.cores.value,
      memoryBytes: resolved.estimate?.memoryBytes ?? 0,
      expectedSeconds: resolved.estimate?.secondsByTask[task.kind] ?? 0,
      timeLimitSeconds: row.timeLimitSeconds ?? 43_200,
      density: task.kind === 'scf' ? null : await densityOf(processIdOf(calculation.id, 'scf')),
      build: workerState().build,
      backend: workerState().backend,
    },
  };
}

/** The task of a job's name: `scf`, or `<property>-<task>`. */
function taskOf(name: string, resolved: Resolved): Task {
  if (name === 'scf') return { kind: 'scf' };
  const propertyId = name.split('-')[0]!;
  if (!isPropertyId(propertyId)) throw new Error(`no task is known for job ${name}`);
  return propertyById(propertyId).task(resolved.properties[propertyId]!);
}

async function densityOf(scfProcessId: string): Promise<Record<string, string>> {
  const link = await db().link.findFirstOrThrow({
    where: { processId: scfProcessId, kind: { in: ['create', 'return'] }, name: 'density' },
    include: { dataNode: { include: { files: true } } },
  });
  return Object.fromEntries(link.dataNode!.files.map((file) => [file.name, file.sha256]));
}
