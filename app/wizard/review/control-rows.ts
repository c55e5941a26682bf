import type { Resources } from '@/server/schemas/settings';
import { priorityWords } from '../resources/priority-words';
import type { Row } from './review-rows';

/** What was chosen of priority, monitors, restarts and scratch, where it is not as always. */
export function controlRows({ priority, monitors, restarts, scratch }: Resources): Row[] {
  const { stalledIterations, energyJumpEv, timeShare, condition } = monitors;
  const watched = [
    stalledIterations === null ? null : `no nearer in ${stalledIterations} iterations`,
    energyJumpEv === null ? null : `energy jumps by ${energyJumpEv} eV`,
    timeShare === null ? null : `${Math.round(100 * timeShare)} % of the time limit`,
    condition,
  ].filter((part) => part !== null);
  return [
    ...(priority === 'normal' ? [] : [['Priority', priorityWords[priority].name] satisfies Row]),
    ...(watched.length === 0 ? [] : [['Stopped when', watched.join('; ')] satisfies Row]),
    ...(restarts ? [] : [['Known failures', 'not tried again'] satisfies Row]),
    ...(scratch.policy === 'days' && scratch.days === 1 ? [] : [['Scratch', scratchWords(scratch)] satisfies Row]),
  ];
}

export function scratchWords({ policy, days }: Resources['scratch']): string {
  if (policy === 'kept') return 'kept';
  if (policy === 'until-success') return 'removed when a job succeeds';
  return days === 1 ? 'removed a day after the end' : `removed ${days} days after the end`;
}
