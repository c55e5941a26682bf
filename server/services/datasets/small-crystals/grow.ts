import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PLANEWAVE_VERSION } from '@/kernels/planewave/version';
import type { Compound } from './compound';
import { computeCompound } from './compute-compound';
import { RESULTS_FILE } from './place';
import { PROTOCOL_VERSION } from './protocol';
import { mendResults, readRecords } from './read-records';
import type { CompoundRecord, Run } from './record';

export interface GrowOptions {
  /** In the order in which they are computed. */
  compounds: readonly Compound[];
  /** Where results.jsonl lies and grows. */
  folder: string;
  /** The built kernel. */
  kernel: string;
  signal: AbortSignal;
  /** Compute again what failed. */
  retriesFailed: boolean;
  /** At most so many compounds now. */
  count: number;
  onProgress(told: { id: string; what: Run['name'] | 'done' | 'failed' }): void;
}

/**
 * Computes what of the compounds has no record yet, one after the other, and adds a line to results.jsonl for each as it ends, for one that failed too.
 * It may be stopped at any moment: a finished compound is on the disk, and the run that was under way goes on from its checkpoint the next time.
 */
export async function growSmallCrystals(
  options: GrowOptions,
): Promise<{ computed: number; failed: number; left: number }> {
  const { compounds, folder, kernel, signal, retriesFailed, count, onProgress } = options;
  mkdirSync(folder, { recursive: true });
  mendResults(folder);
  const known = new Map(readRecords(folder).map((record) => [record.id, record]));
  const open = compounds.filter(({ id }) => {
    const record = known.get(id);
    return !record || (retriesFailed && hasFailed(record.runs));
  });
  let [computed, failed] = [0, 0];
  for (const compound of open.slice(0, count)) {
    if (signal.aborted) break;
    const { id } = compound;
    const place = join(folder, 'running', id);
    const sha256 = createHash('sha256').update(readFileSync(kernel)).digest('hex');
    const runs = await computeCompound(compound, {
      ...{ kernel, place, signal },
      onProgress: (what) => onProgress({ id, what }),
    });
    if (!runs) break;
    const record: CompoundRecord = {
      id,
      protocol: PROTOCOL_VERSION,
      kernel: { version: PLANEWAVE_VERSION, sha256 },
      endedAt: new Date().toISOString(),
      runs,
    };
    appendLine(join(folder, RESULTS_FILE), JSON.stringify(record));
    rmSync(place, { recursive: true, force: true });
    onProgress({ id, what: hasFailed(runs) ? 'failed' : 'done' });
    if (hasFailed(runs)) failed++;
    else computed++;
  }
  return { computed, failed, left: open.length - computed - failed };
}

const hasFailed = (runs: readonly Run[]) => runs.some(({ output }) => !output);

/** On the disk before it counts. */
function appendLine(path: string, line: string): void {
  const file = openSync(path, 'a');
  try {
    writeSync(file, `${line}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
