import { Readable } from 'node:stream';
import { AppError } from '@/server/errors';
import type { ExportFormat } from '@/server/schemas/dataset-export';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import type { Actor } from '@/server/services/actor';
import { type Found, foundRows } from '../found-rows';
import { chosenHeads } from './cells';
import { readEntries } from './read-entries';
import { writeCsv } from './write-csv';
import { writeJsonl } from './write-jsonl';
import { writeParquet } from './write-parquet';
import { STRUCTURES_MAX, writeStructures } from './write-structures';

export interface Exported {
  fileName: string;
  mediaType: string;
  stream: ReadableStream;
}

const mediaTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl',
  parquet: 'application/vnd.apache.parquet',
  cif: 'application/zip',
};
const endings: Record<ExportFormat, string> = { csv: 'csv', jsonl: 'jsonl', parquet: 'parquet', cif: 'zip' };

/** What an address of the explorer finds, in its order and with its columns, as a file that streams out. */
export async function exportFound(
  actor: Actor,
  { id, search, format }: { id: string; search: string; format: ExportFormat },
): Promise<Exported> {
  const found = await foundRows(actor, { id }, search);
  if (format === 'cif' && found.numbers.length > STRUCTURES_MAX)
    throw new AppError('too-large', 'too many files for a zip', {
      userMessage: `An archive holds ${STRUCTURES_MAX} structures at most, and ${found.numbers.length} were found. Take fewer, or JSON Lines.`,
    });
  return {
    fileName: `${found.dataset.slug}.${endings[format]}`,
    mediaType: mediaTypes[format],
    stream: Readable.toWeb(Readable.from(write(found, search, format))) as ReadableStream,
  };
}

async function* write(
  { dataset, state, numbers }: Found,
  search: string,
  format: ExportFormat,
): AsyncGenerator<Uint8Array | string> {
  const definitions = dataset.properties as unknown as PropertyDefinition[];
  const heads = chosenHeads(state.columns, definitions);
  const entries = readEntries(dataset.id, numbers, { withStructures: format === 'jsonl' || format === 'cif' });
  const { slug, title, version, revision, licence, citation } = dataset;
  const origin = { dataset: { slug, title, version, revision, licence, citation }, query: search };
  switch (format) {
    case 'csv':
      return yield* inChunks(writeCsv(entries, heads));
    case 'jsonl':
      return yield* inChunks(writeJsonl(dataset.id, entries, definitions));
    case 'parquet':
      return yield await writeParquet(entries, heads, definitions, origin);
    case 'cif':
      return yield* writeStructures(entries, heads, aboutText(origin));
  }
}

const CHUNK = 64 * 1024;

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let text = '';
  for await (const line of lines) {
    text += line;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

const aboutText = ({ dataset, query }: { dataset: Record<string, unknown>; query: string }): string =>
  [
    `From the database ${dataset.title}, version ${dataset.version} (revision ${dataset.revision}).`,
    `Licence: ${dataset.licence || 'not stated'}`,
    `Citation: ${dataset.citation || 'not stated'}`,
    `Query: ${query || 'all entries'}`,
    '',
  ].join('\n');
