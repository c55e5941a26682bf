import { appendFile, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../driver';

const FILE = 'progress.jsonl';
const MARK = 'mirrored-attempt';

/** Makes room for the progress of an attempt: that of the one before gets another name, as it does on the computer. */
export async function mirrorFolder({ folder, attempt }: Run): Promise<void> {
  const before = Number(await readFile(join(folder, MARK), 'utf8').catch(() => '0'));
  if (before === attempt) return;
  if (before > 0) await rename(join(folder, FILE), join(folder, `progress-${before}.jsonl`)).catch(() => undefined);
  await writeFile(join(folder, MARK), String(attempt));
}

/** Bytes of progress that are here already: what the computer is asked for begins behind them. */
export const mirroredBytes = async ({ folder }: Run): Promise<number> =>
  (await stat(join(folder, FILE)).catch(() => null))?.size ?? 0;

export const addProgress = ({ folder }: Run, bytes: Buffer): Promise<void> => appendFile(join(folder, FILE), bytes);
