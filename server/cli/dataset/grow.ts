import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readMoyoWasm } from '@/kernels/crystal/native';
import { loadSymmetry } from '@/kernels/crystal/symmetry';
import { describeProcess, isDescribed, takeLock } from '@/scripts/file-lock.mjs';
import { byCost } from '@/server/services/datasets/small-crystals/by-cost';
import { compareRuns } from '@/server/services/datasets/small-crystals/compare-runs';
import { compounds } from '@/server/services/datasets/small-crystals/compounds.data';
import { computeAgain } from '@/server/services/datasets/small-crystals/compute-compound';
import { growSmallCrystals } from '@/server/services/datasets/small-crystals/grow';
import { SMALL_CRYSTALS_FOLDER } from '@/server/services/datasets/small-crystals/place';
import { readRecord } from '@/server/services/datasets/small-crystals/read-records';
import { writeEntriesFile } from '@/server/services/datasets/small-crystals/write-entries-file';
import { CliError } from '../cli-error';

const KERNEL = resolve('dist/kernel.mjs');

/** Goes on with the platform's own dataset until it is whole, `count` more are there, or it is stopped; then writes it anew from its results. */
export async function growDataset(options: { count: number; only: string[]; retriesFailed: boolean }): Promise<number> {
  const unknown = options.only.find((id) => !compounds.some((compound) => compound.id === id));
  if (unknown !== undefined) throw new CliError(`There is no compound ${unknown} in the list.`, 2);
  loadSymmetry(readMoyoWasm());
  const release = claim(SMALL_CRYSTALS_FOLDER);
  try {
    const { computed, failed, left } = await growSmallCrystals({
      compounds: byCost(compounds).filter(({ id }) => options.only.length === 0 || options.only.includes(id)),
      folder: SMALL_CRYSTALS_FOLDER,
      kernel: KERNEL,
      signal: untilStopped(),
      retriesFailed: options.retriesFailed,
      count: options.count,
      onProgress: ({ id, what }) => process.stderr.write(`${id}: ${what}\n`),
    });
    writeEntriesFile(SMALL_CRYSTALS_FOLDER);
    process.stdout.write(
      `${computed} computed, ${failed} failed, ${left} left. The next start of the platform shows them.\n`,
    );
    return 0;
  } finally {
    release();
  }
}

/** Runs the recorded inputs of one entry again and says how its numbers compare; 1 where they differ by more than the runs' thresholds. */
export async function computeEntryAgain(id: string): Promise<number> {
  const record = readRecord(SMALL_CRYSTALS_FOLDER, id);
  if (!record) throw new CliError(`${id} is no entry of the dataset of small crystals.`, 2);
  const place = mkdtempSync(join(tmpdir(), 'brine-again-'));
  try {
    const runs = await computeAgain(record.runs, {
      ...{ kernel: KERNEL, place, signal: untilStopped() },
      onProgress: (what) => process.stderr.write(`${id}: ${what}\n`),
    });
    if (!runs) throw new CliError('Stopped before its end.');
    const differences = compareRuns(record.runs, runs);
    for (const { what, stored, now, unit, isSame } of differences)
      process.stdout.write(
        `${what}: ${stored} ${unit} recorded, ${now} ${unit} now${isSame ? '' : ', which DIFFERS'}\n`,
      );
    return differences.every(({ isSame }) => isSame) ? 0 : 1;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Aborts with the first Ctrl-C: the run that is under way writes its checkpoint. */
function untilStopped(): AbortSignal {
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => abort.abort());
  return abort.signal;
}

/** Two who grow the same folder would compute the same. */
function claim(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, '.growing');
  const { holder } = takeLock(file, describeProcess(process.pid), isDescribed);
  if (holder !== null) throw new CliError(`Process ${holder.split(' ')[0]} is growing the dataset already.`);
  return () => rmSync(file, { force: true });
}
