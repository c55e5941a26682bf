import { isObject, KEY_MAX, spaceGroupNumber } from '../read-entry';
import { readColumns, type Said, splitUnit, type TableColumn } from './columns';
import { readCsv } from './read-csv';

/** One material of a table. */
export interface TableRow {
  key: string | null;
  /** The name of the file with its structure. */
  file: string | null;
  formula: string | null;
  sites: number | null;
  spaceGroupNumber: number | null;
  dimensions: number | null;
  properties: Record<string, unknown>;
  failures: Record<string, string>;
}

export interface Table {
  /** As /info/structures has them. */
  properties: Record<string, { title: string; unit?: string; description: string }>;
  rows: TableRow[];
}

const ROWS_MAX = 500_000;
const COLUMNS_MAX = 400;

/**
 * A table of materials: CSV, or JSON of rows with columns, as MC3D's and MC2D's `overview` has them; `metaText` is what their `meta` says of
 * the columns. Three things are told apart: a value, none (not computed), and "failed: why". Null where it is no table.
 */
export function readTable({
  text,
  metaText,
  prefix,
}: {
  text: string;
  metaText: string | null;
  prefix: string;
}): Table | null {
  const grid = /^[\s\uFEFF]*[[{]/.test(text.slice(0, 1_000)) ? gridOfJson(text) : gridOfCsv(text);
  if (!grid || grid.headings.length === 0 || grid.headings.length > COLUMNS_MAX || grid.rows.length > ROWS_MAX)
    return null;
  const said = new Map([...grid.said, ...(metaText === null ? [] : saidOf(parse(metaText)))]);
  const columns = readColumns(grid.headings, prefix, said);
  const layers = isOfLayers(grid.headings) ? 2 : null;
  return {
    properties: Object.fromEntries(
      columns
        .filter(({ role }) => role === 'property')
        .map(({ name, title, unit, description }) => [name, { title, description, ...(unit ? { unit } : {}) }]),
    ),
    rows: grid.rows.map((row) => readRow(row, columns, layers)),
  };
}

interface Grid {
  headings: string[];
  rows: unknown[][];
  said: [string, Said][];
}

/** A column of texts becomes one of numbers, or of yes and no, where all of it is that. */
function gridOfCsv(text: string): Grid | null {
  const [headings, ...rows] = readCsv(text);
  if (!headings || headings.length < 2) return null;
  const cells: unknown[][] = rows.map((row) => headings.map((_, i) => valueOfText(row[i] ?? '')));
  headings.forEach((_, i) => {
    const known = cells.map((row) => row[i]).filter((cell) => typeof cell === 'string');
    const convert = known.every(isNumber)
      ? Number
      : known.every((cell) => cell in truths)
        ? (cell: string) => truths[cell]!
        : null;
    if (convert && known.length > 0) for (const row of cells) if (typeof row[i] === 'string') row[i] = convert(row[i]);
  });
  return { headings, rows: cells, said: [] };
}

const truths: Record<string, boolean> = {
  true: true,
  True: true,
  TRUE: true,
  false: false,
  False: false,
  FALSE: false,
};
const isNumber = (text: string) => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text);
const nothing = /^(|-|–|—|\?|nan|na|n\/a|null|none|not computed)$/i;

function valueOfText(text: string): unknown {
  if (nothing.test(text)) return null;
  const failed = /^failed(?:\s*:\s*(.*))?$/i.exec(text);
  return failed ? { failed: failed[1] || 'failed' } : text;
}

function gridOfJson(text: string): Grid | null {
  const value = parse(text);
  const rows = listOf(value, ['rows', 'overview', 'index', 'data', 'items']);
  const said = isObject(value) ? saidOf(value.columns ?? value.meta) : [];
  if (rows?.every(isObject)) {
    const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    return { headings, rows: rows.map((row) => headings.map((heading) => row[heading])), said };
  }
  const named = isObject(value) && Array.isArray(value.columns) ? value.columns.map(nameOf) : null;
  if (rows?.every(Array.isArray) && named?.every((name) => name !== null))
    return { headings: named as string[], rows: rows as unknown[][], said };
  return gridOfColumns(value);
}

/** `{"id": ["a", "b"], "gap": [1, null]}`. */
function gridOfColumns(value: unknown): Grid | null {
  if (!isObject(value)) return null;
  const columns = Object.values(value);
  const [first] = columns;
  if (!Array.isArray(first) || !columns.every((column) => Array.isArray(column) && column.length === first.length))
    return null;
  return {
    headings: Object.keys(value),
    rows: first.map((_, i) => columns.map((column) => (column as unknown[])[i])),
    said: [],
  };
}

function listOf(value: unknown, names: readonly string[]): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return null;
  const name = names.find((one) => Array.isArray(value[one]));
  return name === undefined ? null : (value[name] as unknown[]);
}

/** What is said of columns: a list of them, or an object with one for each; labels, units and descriptions go by many names. */
function saidOf(value: unknown): [string, Said][] {
  const inner = isObject(value) && (Array.isArray(value.columns) || isObject(value.columns)) ? value.columns : value;
  const pairs: [string | null, unknown][] = Array.isArray(inner)
    ? inner.map((column) => [nameOf(column), column])
    : isObject(inner)
      ? Object.entries(inner)
      : [];
  return pairs.flatMap(([name, column]) => {
    if (name === null || !isObject(column)) return [];
    const text = (...keys: string[]) =>
      keys.map((key) => column[key]).find((one) => typeof one === 'string') as string | undefined;
    const said: Said = {};
    const title = text('label', 'title', 'headerName', 'header', 'Header', 'display_name');
    const unit = text('unit', 'units');
    const description = text('description', 'tooltip', 'infoText', 'info', 'help');
    if (title !== undefined) said.title = title;
    if (unit !== undefined) said.unit = unit;
    if (description !== undefined) said.description = description;
    return [[name, said] as [string, Said]];
  });
}

function nameOf(column: unknown): string | null {
  if (typeof column === 'string') return column;
  if (!isObject(column)) return null;
  const name = ['name', 'field', 'id', 'key', 'accessor']
    .map((key) => column[key])
    .find((one) => typeof one === 'string');
  return (name as string | undefined) ?? null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

/** MC2D's columns about exfoliation say that all of it are layers. */
const isOfLayers = (headings: readonly string[]) =>
  headings.some((heading) => /^(binding_energy_(df2|rvv10))/i.test(splitUnit(heading).text));

function readRow(cells: readonly unknown[], columns: readonly TableColumn[], layers: number | null): TableRow {
  const row: TableRow = {
    ...{ key: null, file: null, formula: null, sites: null, spaceGroupNumber: null, dimensions: layers },
    ...{ properties: {}, failures: {} },
  };
  columns.forEach(({ role, name }, i) => {
    const value = plainValue(cells[i]);
    if (role === 'property') {
      const failed = isObject(value) && typeof value.failed === 'string' ? value.failed : null;
      if (failed !== null) row.failures[name] = failed;
      else if (value !== null && value !== undefined) row.properties[name] = value;
    } else if (value !== null && value !== undefined) takeRole(row, role, value);
  });
  return row;
}

function takeRole(row: TableRow, role: TableColumn['role'], value: unknown): void {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  if (role === 'id' && text !== '') row.key = text.slice(0, KEY_MAX);
  if (role === 'file' && text !== '') row.file = text;
  if (role === 'formula' && text !== '') row.formula = text;
  if (role === 'sites' && Number(text) >= 1) row.sites = Math.round(Number(text));
  if (role === 'spacegroup') row.spaceGroupNumber = spaceGroupNumber(Number(text));
  if (role === 'dimensions' && /^[0-3]D?$/i.test(text)) row.dimensions = Number(text[0]);
}

/** A number with its unit beside it counts as the number. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (isObject(value) && 'value' in value) return plainValue(value.value);
  if (isObject(value) && typeof value.error === 'string') return { failed: value.error };
  return typeof value === 'string' ? valueOfText(value.trim()) : value;
}
