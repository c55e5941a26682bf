import type { Engine } from '../engine';
import { explain } from './explain';
import { SAVE_FOLDER } from './input/make-input';
import { MOST_RUNS, runFile } from './job/relax-again';
import { parse } from './parse/parse';
import { prepare } from './prepare';

/** Quantum ESPRESSO: pw.x and its companions, as installed on the computer of the job. */
export const espresso: Engine = {
  name: 'espresso',
  prepare,
  parse,
  explain,
  densityFolder: SAVE_FOLDER,
  keep: [
    ...['pw.in', 'pw.out', 'dos.in', 'dos.out', 'projwfc.in', 'projwfc.out', 'CRASH', 'job.json', 'run.json'],
    ...['bands.dat.gnu', 'bands-1.dat.gnu', 'bands-2.dat.gnu'],
    ...[1, 2, 3].flatMap((n) => [`pw-${n}.in`, `pw-${n}.out`]),
    ...Array.from({ length: MOST_RUNS }, (_, i) => [runFile(i + 1, 'in'), runFile(i + 1, 'out')]).flat(),
    ...['progress.jsonl', 'stdout', 'stderr'],
  ],
};
