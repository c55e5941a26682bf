import { needsDensity, type PropertyId, propertyIds } from '@/server/properties/ids';
import { propertyById } from '@/server/properties/registry';

/** A process that a calculation will have. */
export interface PlannedProcess {
  name: string;
  title: string;
  kind: 'workflow' | 'job';
  parent: string | null;
  /** Whose share of the estimate is its expected time. */
  task: string;
}

/**
 * The relaxation where it is asked for, then the shared self-consistent job, then a workflow with its job for each other property,
 * in the order of the list.
 */
export function planProcesses(properties: string[]): PlannedProcess[] {
  const title = 'Self-consistent density';
  const density: PlannedProcess = { name: 'scf', title, kind: 'job', parent: null, task: 'scf' };
  return [
    ...(isRelaxed(properties) ? planProperty('relax') : []),
    ...(needsDensity(properties) ? [density] : []),
    ...laterProperties(properties).flatMap(planProperty),
  ];
}

function planProperty(id: PropertyId): PlannedProcess[] {
  const { title, job } = propertyById(id);
  return [
    { name: id, title, kind: 'workflow', parent: null, task: id },
    { name: job.name, title: job.title, kind: 'job', parent: id, task: id },
  ];
}

export const isRelaxed = (properties: string[]) => properties.includes('relax');

/** Those that follow the self-consistent job, beside each other. */
export const laterProperties = (properties: string[]): PropertyId[] =>
  propertyIds.filter((id) => id !== 'relax' && properties.includes(id));
