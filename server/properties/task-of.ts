import type { Task } from '@/server/engines/engine';
import type { Resolved } from '@/server/schemas/resolved';
import { chosenProperties, isPropertyId } from './ids';
import { propertyById } from './registry';

/** The task of a job's name: `scf`, or `<property>-<task>`. */
export function taskOf(name: string, resolved: Resolved): Task {
  if (name === 'scf') return { kind: 'scf' };
  const propertyId = name.split('-')[0]!;
  if (!isPropertyId(propertyId)) throw new Error(`no task is known for job ${name}`);
  return propertyById(propertyId).task(resolved.properties[propertyId]!);
}

/** The names of the jobs that a calculation will have, with their titles. */
export function jobsOf({ properties }: Resolved): { name: string; title: string }[] {
  const jobs = chosenProperties(properties).map((id) => propertyById(id).job);
  return [{ name: 'scf', title: 'Self-consistent density' }, ...jobs];
}

export const isJobName = (name: string, resolved: Resolved) => jobsOf(resolved).some((job) => job.name === name);
