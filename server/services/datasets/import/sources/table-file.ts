import { AppError } from '@/server/errors';
import { inThread } from '../../../structures/thread/in-thread';
import { byHalving } from '../read-batch';
import type { ReadLine } from '../read-lines';
import { SourceFault } from '../source-fault';
import { prefixOfSlug } from '../table/columns';
import { readCsv } from '../table/read-csv';
import type { Table, TableRow } from '../table/read-table';
import { unpacked } from './lines-file';
import type { FileSource, Piece } from './piece';

export const TABLE_BYTES_MAX = 64 * 1024 ** 2;
const LOOKED_AT = 64 * 1024;
const TABLE_DEADLINE_MS = 60_000;
const ROWS_DEADLINE_MS = 20_000;
const ROWS_AT_ONCE = 1_000;

/** Whether a file is one table, CSV or JSON, and no JSON Lines, by how it begins. */
export async function isTable(path: string): Promise<boolean> {
  let begin = '';
  for await (const chunk of unpacked(path)) {
    begin += chunk.toString('utf8');
    if (begin.length > LOOKED_AT) break;
  }
  begin = begin.slice(0, LOOKED_AT).replace(/^[\s\uFEFF]+/, '');
  if (begin.startsWith('[')) return true;
  if (!begin.startsWith('{')) return isCsv(begin);
  const end = begin.indexOf('\n');
  if (end < 0) return /^\{\s*"(meta"\s*:|[^"]{1,200}"\s*:\s*\[)/.test(begin);
  const line = begin.slice(0, end).trimEnd();
  try {
    const first = JSON.parse(line) as Record<string, unknown>;
    return !['id', 'type', 'attributes', 'x-optimade'].some((name) => name in first && !Array.isArray(first[name]));
  } catch {
    // The first line of JSON Lines is JSON by itself, or broken somewhere; that of other JSON goes on in the next.
    return /[[{,]$/.test(line);
  }
}

/** Its first line names a column of formulas. */
const isCsv = (begin: string): boolean =>
  (readCsv(begin.split('\n', 1)[0]!)[0] ?? []).filter(
    (heading, _, all) => all.length > 1 && /^(formula(_hill)?|chemical[ _]formula|composition)$/i.test(heading),
  ).length > 0;

/** The pieces of a table without structures. */
export async function* tablePieces(path: string, source: FileSource, slug: string): AsyncGenerator<Piece> {
  const bytes: Buffer[] = [];
  let total = 0;
  for await (const chunk of unpacked(path)) {
    total += chunk.length;
    if (total > TABLE_BYTES_MAX) throw tooLarge();
    bytes.push(chunk);
  }
  const { definitions, rows } = await readWhole(Buffer.concat(bytes).toString('utf8'), null, slug);
  for (let at = source.lines; at < rows.length; at += ROWS_AT_ONCE) {
    const part = rows.slice(at, at + ROWS_AT_ONCE);
    const lines = await readRowLines(part);
    yield { lines: [definitions, ...lines], source: { ...source, lines: at + part.length, bytesRead: total } };
  }
}

export const tooLarge = () =>
  new SourceFault(`A table may have ${TABLE_BYTES_MAX / 1024 ** 2} MB; bring more as OPTIMADE JSON Lines.`);

/** In the thread, with a deadline. */
export async function readWhole(
  text: string,
  metaText: string | null,
  slug: string,
): Promise<{ definitions: ReadLine; rows: TableRow[] }> {
  const table: Table | null = await inThread(
    'readTable',
    { text, metaText, prefix: prefixOfSlug(slug) },
    TABLE_DEADLINE_MS,
  ).catch((err: unknown) => {
    if (err instanceof AppError && err.details.endsThread)
      throw new SourceFault('Reading its table took more time or memory than is allowed.');
    throw err;
  });
  if (!table)
    throw new SourceFault(
      'It is no table that can be read: CSV with a heading, or JSON with a list of rows, each with an id and a formula.',
    );
  return { definitions: { is: 'definitions', properties: table.properties }, rows: table.rows };
}

export const readRowLines = (rows: TableRow[]): Promise<ReadLine[]> =>
  byHalving(
    rows,
    (part) => inThread('readRows', { rows: part }, ROWS_DEADLINE_MS),
    ({ key }) => ({ is: 'refused', what: key ?? 'A row', why: 'Reading it took more time or memory than is allowed.' }),
  );
