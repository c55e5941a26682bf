import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compounds, groundPhases } from './compounds.data';
import { definitions } from './definitions.data';
import { ownEntries } from './derive/entries';
import { ENTRIES_FILE } from './place';
import { readRecords } from './read-records';

/** The dataset's file as it follows from the results: header, what its properties are, and an entry a line. Needs the symmetry library. */
export function entriesText(folder: string): string {
  const info = {
    type: 'info',
    id: 'structures',
    properties: Object.fromEntries(
      definitions.map(({ name, title, unit, type, description }) => [
        name,
        { title, type: type === 'number' ? 'float' : 'string', description, ...(unit === null ? {} : { unit }) },
      ]),
    ),
  };
  const header = { 'x-optimade': { meta: { api_version: '1.2.0' } } };
  return [header, info, ...ownEntries(compounds, readRecords(folder), groundPhases)]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

/** Aside first, then renamed: a reader never meets half of it. */
export function writeEntriesFile(folder: string): void {
  const path = join(folder, ENTRIES_FILE);
  writeFileSync(`${path}.part`, entriesText(folder));
  renameSync(`${path}.part`, path);
}
