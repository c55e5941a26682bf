import { type PropertyId, propertyIds } from '@/server/properties/ids';
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

/** The shared self-consistent job, then a workflow with its job for each property, in the order of the list. */
export function planProcesses(properties: string[]): PlannedProcess[] {
  const wanted = propertyIds.filter((id) => properties.includes(id));
  return [
    { name: 'scf', title: 'Self-consistent density', kind: 'job', parent: null, task: 'scf' },
    ...wanted.flatMap((id): PlannedProcess[] => {
      const { title, job } = propertyById(id);
      return [
        { name: id, title, kind: 'workflow', parent: null, task: id },
        { name: job.name, title: job.title, kind: 'job', parent: id, task: id },
      ];
    }),
  ];
}

export const plannedProperties = (properties: string[]): PropertyId[] =>
  propertyIds.filter((id) => properties.includes(id));
