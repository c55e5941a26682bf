import { open } from 'node:fs/promises';
import { basename } from 'node:path/posix';
import { AppError } from '@/server/errors';
import type { ArchiveRules } from '../../../pseudopotentials/archive/entries';
import { listZip, type ZippedFile } from '../../../pseudopotentials/archive/zip';
import { inThread } from '../../../structures/thread/in-thread';
import { byHalving } from '../read-batch';
import type { ReadLine } from '../read-lines';
import { SourceFault } from '../source-fault';
import type { TableRow } from '../table/read-table';
import type { StructureFile } from '../table/row-lines';
import type { FileSource, Piece } from './piece';
import { readRowLines, readWhole, TABLE_BYTES_MAX, tooLarge } from './table-file';

/** Leads out of its folder, links, unpacks to more than it says: all that ends the import. */
const rules: ArchiveRules = {
  files: 65_000,
  fileBytes: TABLE_BYTES_MAX,
  totalBytes: 8 * 1024 ** 3,
  refuse: (why) => new AppError('bad-input', why, { userMessage: `The archive cannot be taken: ${why}.` }),
};
const FILES_AT_ONCE = 50;
const BYTES_AT_ONCE = 16 * 1024 ** 2;
const STRUCTURE_BYTES_MAX = 10 * 1024 ** 2;
const DEADLINE_MS = 30_000;

/** A zip of structure files, with one table of their properties (CSV, or MC3D's and MC2D's overview.json with meta.json) or without. */
export async function* archivePieces(path: string, source: FileSource, slug: string): AsyncGenerator<Piece> {
  const file = await open(path);
  try {
    yield* pieces(await listZip(file, rules), source, slug);
  } catch (err) {
    if (err instanceof AppError && err.code === 'bad-input') throw new SourceFault(err.userMessage);
    throw err;
  } finally {
    await file.close();
  }
}

const tableName = /\.(csv|tsv)$|^(overview|index|table|rows|properties)\.json$/i;
const metaName = /^(meta|columns)\.json$/i;
const structureName = /\.(cif|mcif|poscar|contcar|vasp|xyz|extxyz|json)$|^(poscar|contcar)/i;
/** What systems leave in archives, and what our own say about themselves. */
const isLitter = (path: string) => /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$|about\.txt$)/i.test(path);

async function* pieces(all: ZippedFile[], source: FileSource, slug: string): AsyncGenerator<Piece> {
  const files = all.filter(({ path }) => !isLitter(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const named = (pattern: RegExp) => files.filter(({ path }) => pattern.test(basename(path)));
  const [table, ...otherTables] = named(tableName);
  const [meta] = named(metaName);
  const structures = named(structureName).filter((one) => one !== table && one !== meta && !otherTables.includes(one));
  const { definitions, rows } = table ? await readTableOf(table, meta, slug) : { definitions: null, rows: [] };
  const assigned = assign(structures, rows);
  const bare = rows.filter((row) => !assigned.used.has(row));
  if (structures.length + rows.length === 0)
    throw new SourceFault('The archive holds no structure files (CIF, POSCAR, XYZ, JSON) and no table.');
  const others = files.filter((one) => one !== table && one !== meta && !structures.includes(one));
  let first: ReadLine[] = definitions ? [definitions] : [];
  if (source.lines === 0) first.push(...others.map(notTaken));
  let at = source.lines;
  while (at < structures.length) {
    const part = partFrom(structures, at);
    const lines = await readFiles(part, assigned);
    at += part.length;
    yield { lines: [...first, ...lines], source: { ...source, lines: at } };
    first = [];
  }
  for (let from = at - structures.length; from < bare.length; from += 1_000) {
    const part = bare.slice(from, from + 1_000);
    yield {
      lines: [...first, ...(await readRowLines(part))],
      source: { ...source, lines: structures.length + from + part.length },
    };
    first = [];
  }
}

const notTaken = ({ path }: ZippedFile): ReadLine => ({
  is: 'refused',
  what: path.slice(0, 100),
  why: 'It is no structure file, or a second table.',
});

async function readTableOf(table: ZippedFile, meta: ZippedFile | undefined, slug: string) {
  if (table.bytes > TABLE_BYTES_MAX || (meta && meta.bytes > TABLE_BYTES_MAX)) throw tooLarge();
  const metaText = meta ? (await meta.read()).toString('utf8') : null;
  return readWhole((await table.read()).toString('utf8'), metaText, slug);
}

interface Assigned {
  rowOf: Map<ZippedFile, TableRow>;
  used: Set<TableRow>;
  keyOf: Map<ZippedFile, string>;
}

/** A row names its file by path, by name, or by its id as the file's name. */
function assign(files: readonly ZippedFile[], rows: readonly TableRow[]): Assigned {
  const byFile = new Map(
    rows.flatMap((row) => (row.file === null ? [] : [[row.file.replace(/^\.\//, ''), row] as const])),
  );
  const byKey = new Map(rows.flatMap((row) => (row.key === null ? [] : [[row.key, row] as const])));
  const stems = new Map<string, number>();
  for (const { path } of files) stems.set(stemOf(path), (stems.get(stemOf(path)) ?? 0) + 1);
  const assigned: Assigned = { rowOf: new Map(), used: new Set(), keyOf: new Map() };
  for (const one of files) {
    const { path } = one;
    const stem = stemOf(path);
    const row =
      byFile.get(path) ??
      byFile.get(basename(path)) ??
      byFile.get(stem) ??
      byKey.get(basename(path)) ??
      byKey.get(stem);
    if (row) assigned.rowOf.set(one, row);
    if (row) assigned.used.add(row);
    assigned.keyOf.set(one, stems.get(stem) === 1 ? stem : path.replace(/\.[^./]+$/, ''));
  }
  return assigned;
}

const stemOf = (path: string): string => basename(path).replace(/\.[^.]+$/, '');

function partFrom(files: readonly ZippedFile[], at: number): ZippedFile[] {
  const part: ZippedFile[] = [];
  let bytes = 0;
  for (const one of files.slice(at, at + FILES_AT_ONCE)) {
    if (part.length > 0 && bytes + one.bytes > BYTES_AT_ONCE) break;
    bytes += one.bytes;
    part.push(one);
  }
  return part;
}

async function readFiles(part: readonly ZippedFile[], { rowOf, keyOf }: Assigned): Promise<ReadLine[]> {
  const read: StructureFile[] = [];
  const refused: ReadLine[] = [];
  for (const one of part) {
    const { path, bytes } = one;
    if (bytes > STRUCTURE_BYTES_MAX)
      refused.push(refusal(path, `It is larger than ${STRUCTURE_BYTES_MAX / 1024 ** 2} MB.`));
    else
      read.push({ path, text: (await one.read()).toString('utf8'), key: keyOf.get(one)!, row: rowOf.get(one) ?? null });
  }
  const lines = await byHalving(
    read,
    (files) => inThread('readStructureFiles', { files }, DEADLINE_MS),
    ({ path }) => refusal(path, 'Reading it took more time or memory than is allowed.'),
  );
  return [...refused, ...lines];
}

const refusal = (path: string, why: string): ReadLine => ({ is: 'refused', what: path.slice(0, 100), why });
