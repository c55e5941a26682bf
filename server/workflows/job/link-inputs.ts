import { db } from '@/server/db/client';
import { RELAX_JOB } from '@/server/properties/relax/property';
import { type Job, processIdOf } from './load-job';

/** The edges to what a job took from others: the structure of a relaxation, the density of the self-consistent job. */
export async function linkInputs({ row, task, isRelaxed }: Job): Promise<void> {
  const taken = [
    ...(isRelaxed ? [await structureTaken(row)] : []),
    ...(task.kind === 'scf' || task.kind === 'relax' ? [] : [await outputOf(row.calculationId, 'scf', 'density')]),
  ];
  const data = taken.flatMap((link) =>
    link?.dataNodeId
      ? [{ kind: 'input' as const, name: link.name, processId: row.id, dataNodeId: link.dataNodeId }]
      : [],
  );
  await db().link.createMany({ data, skipDuplicates: true });
}

const structureTaken = ({ calculationId, name }: Job['row']) =>
  name === RELAX_JOB
    ? db().link.findFirst({ where: { processId: calculationId, kind: 'input', name: 'structure' } })
    : outputOf(calculationId, RELAX_JOB, 'structure');

const outputOf = (calculationId: string, job: string, name: string) =>
  db().link.findFirst({
    where: { processId: processIdOf(calculationId, job), kind: { in: ['create', 'return'] }, name },
  });
