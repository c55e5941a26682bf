import type { Process } from '@/generated/prisma/client';
import type { Structure } from '@/kernels/crystal/schema';
import type { ComputerDriver } from '@/server/computers/driver';
import type { RemoteCode } from '@/server/computers/job-spec';
import { db } from '@/server/db/client';
import { derivedId } from '@/server/db/uuid';
import type { Engine, Task, TaskContext } from '@/server/engines/engine';
import { engineByName } from '@/server/engines/registry';
import { densityJob } from '@/server/properties/density-job';
import { jobNamed, subjectOf } from '@/server/properties/job-of';
import { RELAX_JOB } from '@/server/properties/relax/property';
import type { Resources } from '@/server/schemas/settings';
import { findRelaxed, resolveRelaxed } from '@/server/services/calculations/relaxed-structure';
import { snapshotOf } from '@/server/services/calculations/snapshot';
import { driverOf } from '../drivers';
import { backendOn, programOn } from '../programs';
import { workerState } from '../worker-state';
import { cycleOf } from './restart';

/** A process that is part of a calculation, as all are that a worker takes up. */
export type JobProcess = Process & { calculationId: string };

/** Everything a job step works with, read from the database. */
export interface Job {
  row: JobProcess;
  computerId: string;
  driver: ComputerDriver;
  engine: Engine;
  /** The row of the program in its build. */
  codeId: string;
  /** Where it is on a computer that has its own. */
  code: RemoteCode | undefined;
  task: Task;
  context: TaskContext;
  useCache: boolean;
  /** Who waits, what is watched, what is kept: as chosen with the calculation. */
  resources: Resources;
  /** Whether the calculation begins with a relaxation. */
  isRelaxed: boolean;
  /** What the shared self-consistent result tells beside the notes of its program. */
  notes: string[];
}

export const processIdOf = (calculationId: string, name: string) => derivedId(calculationId, name);

export async function loadJob(processId: string): Promise<Job> {
  const { calculation: found, ...process } = await db().process.findUniqueOrThrow({
    where: { id: processId },
    include: { calculation: { include: { structure: true } } },
  });
  const calculation = found!;
  const row: JobProcess = { ...process, calculationId: calculation.id };
  const { draft, resolved: given } = snapshotOf(calculation);
  const isRelaxed = calculation.properties.includes('relax');
  const relaxed =
    isRelaxed && row.name !== RELAX_JOB ? await findRelaxed(processIdOf(calculation.id, RELAX_JOB)) : null;
  const { resolved, notes } = relaxed
    ? await resolveRelaxed(given, draft, relaxed.structure)
    : { resolved: given, notes: [] };
  const computerId = await computerOf(row);
  const program = await programOn({ projectId: row.projectId, computerId }, resolved.engine);
  const planned = jobNamed(row.name, resolved);
  const { task } = planned;
  const structure = relaxed?.structure ?? (calculation.structure!.data as unknown as Structure);
  return {
    row,
    computerId,
    driver: await driverOf(computerId),
    engine: engineByName[resolved.engine],
    codeId: program.codeId,
    code: program.code,
    task,
    useCache: calculation.useCache,
    resources: draft.resources,
    isRelaxed,
    notes: row.name === densityJob.name ? notes : [],
    context: {
      ...subjectOf(planned, { structure, resolved }),
      cores: Math.min(row.cores ?? resolved.cores.value, program.coresMax ?? Number.POSITIVE_INFINITY),
      memoryBytes: resolved.estimate?.memoryBytes ?? 0,
      expectedSeconds: row.expectedSeconds ?? 0,
      timeLimitSeconds: row.timeLimitSeconds ?? 43_200,
      density:
        task.kind === 'scf' || task.kind === 'relax' ? null : await densityOf(processIdOf(calculation.id, 'scf')),
      jobName: row.name,
      build: program.build,
      version: program.version,
      backend: await backendOn(computerId),
      restarts: draft.resources.restarts,
      cycle: cycleOf(row.restarts),
    },
  };
}

/** Jobs of the platform's own machine run where the worker is that took them up. */
async function computerOf({ computerId }: Process): Promise<string> {
  const row = computerId && (await db().computer.findUnique({ where: { id: computerId }, select: { key: true } }));
  return row && row.key === null ? computerId : workerState().computerId;
}

async function densityOf(scfProcessId: string): Promise<Record<string, string>> {
  const link = await db().link.findFirstOrThrow({
    where: { processId: scfProcessId, kind: { in: ['create', 'return'] }, name: 'density' },
    include: { dataNode: { include: { files: true } } },
  });
  return Object.fromEntries(link.dataNode!.files.map((file) => [file.name, file.sha256]));
}
