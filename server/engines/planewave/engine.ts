import type { Engine } from '../engine';
import { explain } from './explain';
import { parse } from './parse';
import { DENSITY_FOLDER, prepare } from './prepare';

/** The embedded engine: kernels/planewave as one file that Node runs. */
export const planewave: Engine = {
  name: 'planewave',
  prepare,
  parse,
  explain,
  densityFolder: DENSITY_FOLDER,
  keep: ['input.json', 'output.json', 'progress.jsonl', 'stdout', 'stderr'],
};
