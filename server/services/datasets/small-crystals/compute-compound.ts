import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PlanewaveInput, planewaveOutputSchema } from '@/kernels/planewave/schema';
import type { Compound } from './compound';
import { keepOutput } from './keep-output';
import { bandsInput, relaxationInput } from './protocol';
import type { Run } from './record';
import { failureOf, runKernel } from './run-kernel';
import { structureAt } from './structure-at';

export interface ComputeOptions {
  /** The built kernel. */
  kernel: string;
  /** Where files of the runs lie; what is found there is gone on with. */
  place: string;
  signal: AbortSignal;
  onProgress?(what: Run['name']): void;
}

/** Relaxes a compound and looks at its bands. Null where it was stopped: its folder stays, with the checkpoint. */
export async function computeCompound(compound: Compound, options: ComputeOptions): Promise<Run[] | null> {
  const relaxation = relaxationInput(compound);
  const relaxed = await runOnce('relax', relaxation, options);
  if (!relaxed) return null;
  if (!relaxed.output?.final) return [relaxed];
  const bands = bandsInput(compound, structureAt(relaxation, relaxed.output.final), relaxation);
  if (!bands) return [relaxed];
  const along = await runOnce('bands', bands, options);
  return along && [relaxed, along];
}

/** The same inputs once more, as they were recorded. */
export async function computeAgain(runs: readonly Run[], options: ComputeOptions): Promise<Run[] | null> {
  const again: Run[] = [];
  for (const { name, input } of runs) {
    const run = await runOnce(name, input, options);
    if (!run) return null;
    again.push(run);
  }
  return again;
}

/** A run whose output is there already is not done again. */
async function runOnce(name: Run['name'], input: PlanewaveInput, options: ComputeOptions): Promise<Run | null> {
  const { place, signal, kernel, onProgress } = options;
  mkdirSync(place, { recursive: true });
  const file = (kind: string) => join(place, `${name}.${kind}`);
  writeFileSync(file('in.json'), JSON.stringify(input));
  if (!statSync(file('out.json'), { throwIfNoEntry: false })) {
    onProgress?.(name);
    const paths = { input: file('in.json'), output: file('out.json'), checkpoint: file('checkpoint') };
    const end = await runKernel({ kernel, signal }, paths);
    if (end.status === 75 || signal.aborted) return null;
    if (end.status !== 0) return { name, input, output: null, failure: failureOf(end) };
  }
  const output = planewaveOutputSchema.parse(JSON.parse(readFileSync(file('out.json'), 'utf8')));
  if (!output.converged) return { name, input, output: null, failure: failureOf({ status: 3, errors: '' }) };
  return { name, input, output: keepOutput(output) };
}
