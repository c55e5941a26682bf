import { densityJob } from '@/server/properties/density-job';
import { chosenProperties, needsDensity, type PropertyId, propertyIds } from '@/server/properties/ids';
import { jobsOfProperty } from '@/server/properties/job-of';
import { propertyById } from '@/server/properties/registry';
import type { Resolved } from '@/server/schemas/resolved';

/** A process that a calculation will have. */
export interface PlannedProcess {
  name: string;
  title: string;
  kind: 'workflow' | 'job';
  parent: string | null;
  /** Seconds that it will take by the estimate. */
  expectedSeconds: number;
}

/**
 * The relaxation where it is asked for, then the shared self-consistent job, then a workflow with its jobs for each other property,
 * in the order of the list.
 */
export function planProcesses(resolved: Resolved): PlannedProcess[] {
  const chosen = chosenProperties(resolved.properties);
  const { name, title } = densityJob;
  const expectedSeconds = resolved.estimate?.secondsByTask[name] ?? 0;
  const density: PlannedProcess = { name, title, kind: 'job', parent: null, expectedSeconds };
  return [
    ...(isRelaxed(chosen) ? planProperty('relax', resolved) : []),
    ...(needsDensity(chosen) ? [density] : []),
    ...laterProperties(chosen).flatMap((id) => planProperty(id, resolved)),
  ];
}

function planProperty(id: PropertyId, resolved: Resolved): PlannedProcess[] {
  const jobs = jobsOfProperty(id, resolved);
  const expectedSeconds = (resolved.estimate?.secondsByTask[id] ?? 0) / jobs.length;
  return [
    { name: id, title: propertyById(id).title, kind: 'workflow', parent: null, expectedSeconds: 0 },
    ...jobs.map(({ name, title }) => ({ name, title, kind: 'job' as const, parent: id, expectedSeconds })),
  ];
}

export const isRelaxed = (properties: readonly string[]) => properties.includes('relax');

/** Those that follow the self-consistent job, beside each other. */
export const laterProperties = (properties: readonly string[]): PropertyId[] =>
  propertyIds.filter((id) => id !== 'relax' && properties.includes(id));
