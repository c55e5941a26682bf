import type { Task } from '@/server/engines/engine';
import type { Resolved } from '@/server/schemas/resolved';
import { chosenProperties, isPropertyId, needsDensity } from './ids';
import { propertyById } from './registry';

/** The task of a job's name: `scf`, or `<property>-<task>`. */
export function taskOf(name: string, resolved: Resolved): Task {
  if (name === 'scf') return { kind: 'scf' };
  const propertyId = name.split('-')[0]!;
  if (!isPropertyId(propertyId)) throw new Error(`no task is known for job ${name}`);
  return propertyById(propertyId).task(resolved.properties[propertyId]!);
}

/** The names of the jobs that a calculation will have, with their titles, in the order in which they run. */
export function jobsOf({ properties }: Resolved): { name: string; title: string }[] {
  const chosen = chosenProperties(properties);
  const density = { name: 'scf', title: 'Self-consistent density' };
  const jobs = chosen.filter((id) => id !== 'relax').map((id) => propertyById(id).job);
  return [
    ...(chosen.includes('relax') ? [propertyById('relax').job] : []),
    ...(needsDensity(chosen) ? [density, ...jobs] : []),
  ];
}

export const isJobName = (name: string, resolved: Resolved) => jobsOf(resolved).some((job) => job.name === name);
