import { idSchema } from '@/server/schemas/common';
import type { Direction } from '@/server/schemas/provenance';

/** A step that a person took in the graph: the next nodes of one, or all there are in a direction. The same step again is its next page. */
export interface OpenedStep {
  id: string;
  direction: Direction;
  isAll: boolean;
}

/** Beyond this the address would be longer than some servers take. */
const STEPS_MAX = 60;

/** As the address has it: `in.ID`, `out.ID`, `all-in.ID`. */
export const writeSteps = (steps: readonly OpenedStep[]): string =>
  steps
    .slice(-STEPS_MAX)
    .map(({ id, direction, isAll }) => `${isAll ? 'all-' : ''}${direction}.${id}`)
    .join('~');

/** What is no step is left out: addresses are typed by hand and cut in mails. */
export function readSteps(text: string | null): OpenedStep[] {
  const steps = (text ?? '').split('~').flatMap((part): OpenedStep[] => {
    const [, all, direction, id] = /^(all-)?(in|out)\.(.+)$/.exec(part) ?? [];
    return idSchema.safeParse(id).success
      ? [{ id: id!, direction: direction as Direction, isAll: all !== undefined }]
      : [];
  });
  return steps.slice(0, STEPS_MAX);
}
