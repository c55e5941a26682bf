import type { Task } from '@/server/engines/engine';
import { defaultRelaxSettings } from './relax/defaults';

const { forceToleranceEvPerAngstrom, maxSteps } = defaultRelaxSettings('balanced');

/** The atoms of a deformed cell come to rest in it. */
export const atRest: Task = {
  kind: 'relax',
  cell: 'fixed',
  pressureGpa: 0,
  fixed: [],
  fixedCellAxes: [false, false, false],
  forceToleranceEvPerAngstrom,
  maxSteps,
};
