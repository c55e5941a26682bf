import { readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { RESULTS_FILE } from './place';
import { type CompoundRecord, recordSchema } from './record';

/** The records of a folder, of each compound the last; a line that is still being written is left out. */
export function readRecords(folder: string): CompoundRecord[] {
  const path = join(folder, RESULTS_FILE);
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  const records = wholeLines(readFileSync(path, 'utf8')).map((line) => recordSchema.parse(JSON.parse(line)));
  return [...new Map(records.map((record) => [record.id, record])).values()];
}

/** The record of one compound; null where there is none. */
export function readRecord(folder: string, id: string): CompoundRecord | null {
  const path = join(folder, RESULTS_FILE);
  if (!statSync(path, { throwIfNoEntry: false })) return null;
  // What a line is of stands at its beginning: the others need not be read.
  const line = wholeLines(readFileSync(path, 'utf8')).findLast((one) => one.startsWith(`{"id":${JSON.stringify(id)},`));
  return line === undefined ? null : recordSchema.parse(JSON.parse(line));
}

/** Takes away what was written of a last line when its writer was killed. */
export function mendResults(folder: string): void {
  const path = join(folder, RESULTS_FILE);
  if (!statSync(path, { throwIfNoEntry: false })) return;
  const bytes = readFileSync(path);
  truncateSync(path, bytes.lastIndexOf('\n') + 1);
}

const wholeLines = (text: string) =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '');
