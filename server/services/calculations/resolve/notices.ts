import type { DraftData } from '@/server/schemas/draft';
import type { Estimate, Notice } from '@/server/schemas/resolved';

export interface Machine {
  id: string;
  name: string;
  cores: number;
  memoryBytes: number;
  /** The version of Quantum ESPRESSO there; null where it is not installed. */
  espresso: string | null;
}

const LABEL_MAX = 200;
const GIGABYTE = 1e9;

export function checkSettings({ structureId }: DraftData, hasStructure: boolean): Notice[] {
  if (structureId === null)
    return [{ code: 'no-structure', message: 'Choose a structure first.', step: 'structure', property: null }];
  return hasStructure
    ? []
    : [
        {
          code: 'structure-gone',
          message: 'The structure is no longer there. Choose another.',
          step: 'structure',
          property: null,
        },
      ];
}

export function checkLabel(label: string): Notice[] {
  if (label.length <= LABEL_MAX) return [];
  const message = `The label has ${label.length.toLocaleString('en')} characters; up to ${LABEL_MAX} are kept. Shorten it.`;
  return [{ code: 'label-too-long', message, step: 'review', property: null }];
}

/** Whether the computer can hold the calculation, and whether the time limit is long enough. */
export function checkResources(
  { resources }: DraftData,
  cost: Estimate | null,
  machine: Machine | null,
  cores: number,
): { warnings: Notice[]; blockers: Notice[] } {
  const warnings: Notice[] = [];
  const blockers: Notice[] = [];
  const add = (list: Notice[], code: string, message: string) =>
    list.push({ code, message, step: 'resources', property: null });
  if (!machine) {
    add(
      blockers,
      'no-computer',
      resources.computerId
        ? 'The computer that was chosen is no longer there, or takes no jobs. Choose another.'
        : 'No computer is there to run it: the worker has not started yet.',
    );
    return { warnings, blockers };
  }
  if (cores > machine.cores)
    add(blockers, 'too-many-cores', `${machine.name} has ${machine.cores} cores; ${cores} were asked for.`);
  if (!cost) return { warnings, blockers };
  const [need, have] = [cost.memoryBytes, machine.memoryBytes];
  if (need > have)
    add(
      blockers,
      'too-much-memory',
      `This needs about ${gigabytes(need)}; ${machine.name} has ${gigabytes(have)} for jobs. Choose a smaller cell, cutoff or mesh, or fewer cores.`,
    );
  else if (need > 0.7 * have)
    add(
      warnings,
      'much-memory',
      `This needs about ${gigabytes(need)} of the ${gigabytes(have)} that ${machine.name} has for jobs.`,
    );
  if (cost.seconds > resources.timeLimitSeconds)
    add(
      warnings,
      'time-limit-short',
      'The expected time is beyond the time limit. Allow more time, or choose a faster protocol.',
    );
  return { warnings, blockers };
}

const gigabytes = (bytes: number) =>
  bytes < GIGABYTE
    ? `${Math.round(bytes / 1e6)} MB`
    : `${(bytes / GIGABYTE).toLocaleString('en', { maximumFractionDigits: bytes < 1e10 ? 1 : 0 })} GB`;
