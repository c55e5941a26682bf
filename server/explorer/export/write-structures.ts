import { fromOptimade } from '@/kernels/crystal/formats/json';
import { writeStructure } from '@/kernels/crystal/formats/write-structure';
import { csvLine } from '@/server/schemas/csv';
import { type ColumnHead, headText } from '@/server/schemas/explorer/columns';
import { type NewFile, writeZip } from '@/server/services/provenance/archive/write-zip';
import { cellOf } from './cells';
import type { WholeEntry } from './read-entries';
import { failure } from './write-csv';

/** More files than the plain kind of zip archive holds, those of its own among them, are refused beforehand. */
export const STRUCTURES_MAX = 65_000;

/**
 * A zip archive with a CIF for each crystal (XYZ for what has no cell) and a table of their properties, which can be brought again as it is.
 * Entries without a structure stand in the table alone.
 */
export const writeStructures = (
  entries: AsyncIterable<WholeEntry>,
  heads: readonly ColumnHead[],
  about: string,
): AsyncGenerator<Buffer> => writeZip(files(entries, heads, about));

async function* files(
  entries: AsyncIterable<WholeEntry>,
  heads: readonly ColumnHead[],
  about: string,
): AsyncGenerator<NewFile> {
  const taken = new Set<string>();
  const rows = [csvLine(['file', 'id', 'formula', ...heads.map((head) => headText({ ...head, title: head.name }))])];
  for await (const entry of entries) {
    const file = structureFile(entry, taken);
    if (file) yield file;
    const cells = heads.map(({ name }) => cellOf(entry, name) ?? failure(entry, name));
    rows.push(csvLine([file?.path ?? null, entry.key, cellOf(entry, 'formula'), ...cells]));
  }
  yield { path: 'table.csv', bytes: Buffer.from(rows.join('')) };
  yield { path: 'about.txt', bytes: Buffer.from(about) };
}

function structureFile(entry: WholeEntry, taken: Set<string>): NewFile | null {
  if (!entry.attributes?.cartesian_site_positions) return null;
  const structure = fromOptimade(entry.attributes);
  const format = structure.cellAngstrom ? 'cif' : 'xyz';
  const path = `structures/${freeStem(entry.key, taken)}.${format}`;
  return { path, bytes: Buffer.from(writeStructure(structure, format)) };
}

/** The id as the name of a file on any system; two that become the same are told apart by a number, capitals or not. */
function freeStem(key: string, taken: Set<string>): string {
  const plain =
    key
      .normalize('NFKD')
      .replace(/[^\w.+-]+/g, '_')
      .replace(/^[._]+/, '')
      .slice(0, 100) || 'entry';
  for (let n = 1; ; n++) {
    const stem = n === 1 ? plain : `${plain}-${n}`;
    if (taken.has(stem.toLowerCase())) continue;
    taken.add(stem.toLowerCase());
    return stem;
  }
}
