import { parentPort } from 'node:worker_threads';
import { KernelError } from '@/kernels/core/errors';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { loadSymmetry } from '@/kernels/crystal/symmetry';
import { examineEntries, findFamily } from '../../datasets/curate/examine';
import { readDatasetLines } from '../../datasets/import/read-lines';
import { findSpaceGroups } from '../../datasets/import/space-groups';
import { readTable } from '../../datasets/import/table/read-table';
import { readRows, readStructureFiles } from '../../datasets/import/table/row-lines';
import { describeTraits } from '../../datasets/traits/entry-traits';
import { matchCandidates } from '../../datasets/traits/match-candidates';
import { scoreEntries } from '../../datasets/traits/score-entries';
import { groupCrystals } from '../../elsewhere/merge/group-crystals';
import { moleculeOf } from './molecule-of';
import * as tasks from './tasks';

/** The names of the functions of tasks.ts that the thread performs. */
const performed = {
  read: tasks.read,
  write: tasks.write,
  describe: tasks.describe,
  deriveCell: tasks.deriveCell,
  edit: tasks.edit,
  findLayerKinds: tasks.findLayerKinds,
  findLayers: tasks.findLayers,
  listLayers: tasks.listLayers,
  describeLayers: tasks.describeLayers,
  countMesh: tasks.countMesh,
  chooseFftGrid: tasks.chooseFftGrid,
  findPath: tasks.findPath,
  chooseStrains: tasks.chooseStrains,
  readDatasetLines,
  readTable,
  readRows,
  readStructureFiles,
  findSpaceGroups,
  describeTraits,
  matchCandidates,
  scoreEntries,
  groupCrystals,
  examineEntries,
  findFamily,
  moleculeOf,
};
export type StructureTasks = typeof performed;

export interface Request {
  id: number;
  task: keyof StructureTasks;
  input: unknown;
}

export type Reply =
  | { id: number; value: unknown }
  | { id: number; fault: { code: string | null; message: string; numbers: Record<string, unknown> } };

loadSymmetry(readMoyoWasm());
parentPort?.on('message', async ({ id, task, input }: Request) => {
  parentPort!.postMessage(await perform(id, task, input));
});
parentPort?.postMessage({ id: 0, value: 'ready' } satisfies Reply);

async function perform(id: number, task: keyof StructureTasks, input: unknown): Promise<Reply> {
  try {
    return { id, value: await (performed[task] as (input: unknown) => unknown)(input) };
  } catch (err) {
    const isForeseen = err instanceof KernelError;
    const message = err instanceof Error ? err.message : String(err);
    return { id, fault: { code: isForeseen ? err.code : null, message, numbers: isForeseen ? err.numbers : {} } };
  }
}
