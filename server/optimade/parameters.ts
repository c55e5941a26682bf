import { OptimadeError, type Warning } from './errors';
import { isKnownProvider } from './prefixes';

export const PAGE_LIMIT = 20;
export const PAGE_LIMIT_MAX = 500;

const known = new Set([
  ...['filter', 'page_limit', 'page_offset', 'page_number', 'page_cursor', 'sort', 'response_fields'],
  ...['include', 'response_format', 'email_address', 'api_hint'],
]);

/** What a request asks of a list of entries. */
export interface ListParameters {
  filter: string | null;
  limit: number;
  /** Entries that are left out at the beginning, or the id after which they begin in the order of ids. */
  from: { skip: number } | { after: string };
  sort: { name: string; isDescending: boolean }[];
  /** Null: all that there are. */
  fields: string[] | null;
  includesReferences: boolean;
  warnings: Warning[];
}

/** The query of an address. Throws OptimadeError: 400 for what is no parameter or no value of one, 403 for a page that is too long. */
export function readParameters(query: URLSearchParams): ListParameters {
  const warnings = checkNames(query);
  const format = query.get('response_format');
  if (format !== null && format !== 'json')
    throw new OptimadeError(400, `Answers are in the format json; ${JSON.stringify(format)} is not served.`);
  const limit = wholeNumber(query, 'page_limit') ?? PAGE_LIMIT;
  if (limit > PAGE_LIMIT_MAX)
    throw new OptimadeError(403, `At most ${PAGE_LIMIT_MAX} entries are served at once; page_limit asks for ${limit}.`);
  if (limit < 1) throw new OptimadeError(400, 'page_limit is at least 1.');
  return {
    filter: query.get('filter')?.trim() || null,
    limit,
    from: pageStart(query, limit),
    sort: namesIn(query.get('sort')).map((name) =>
      name.startsWith('-') ? { name: name.slice(1), isDescending: true } : { name, isDescending: false },
    ),
    fields: query.has('response_fields') ? namesIn(query.get('response_fields')) : null,
    includesReferences: includesReferences(query),
    warnings,
  };
}

function checkNames(query: URLSearchParams): Warning[] {
  const warnings: Warning[] = [];
  for (const name of new Set(query.keys())) {
    if (known.has(name)) continue;
    const prefix = /^_([a-z0-9]+)_/.exec(name)?.[1];
    if (!prefix) throw new OptimadeError(400, `There is no parameter ${JSON.stringify(name.slice(0, 100))}.`);
    if (!isKnownProvider(prefix))
      warnings.push({
        type: 'warning',
        detail: `The parameter ${name.slice(0, 100)} is of a provider that is not known, and was left out.`,
      });
  }
  return warnings;
}

function pageStart(query: URLSearchParams, limit: number): ListParameters['from'] {
  const cursor = query.get('page_cursor');
  if (cursor !== null) return readCursor(cursor);
  const offset = wholeNumber(query, 'page_offset');
  if (offset !== null) return { skip: offset };
  const page = wholeNumber(query, 'page_number');
  if (page === 0) throw new OptimadeError(400, 'page_number counts from 1.');
  return { skip: page === null ? 0 : (page - 1) * limit };
}

/** Where the next page begins, as a text that clients hand back and do not read. */
export const writeCursor = (from: ListParameters['from']): string =>
  'skip' in from ? `s${from.skip}` : `a${Buffer.from(from.after).toString('base64url')}`;

function readCursor(text: string): ListParameters['from'] {
  const skip = /^s(\d{1,9})$/.exec(text)?.[1];
  if (skip) return { skip: Number(skip) };
  const after = /^a([\w-]{1,1000})$/.exec(text)?.[1];
  if (!after) throw new OptimadeError(400, 'page_cursor is not one that an answer of this server gave.');
  return { after: Buffer.from(after, 'base64url').toString('utf8').replaceAll('\0', '') };
}

function wholeNumber(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  if (!/^\d{1,9}$/.test(text)) throw new OptimadeError(400, `${name} is a whole number of at most nine digits.`);
  return Number(text);
}

function includesReferences(query: URLSearchParams): boolean {
  const paths = namesIn(query.get('include') ?? 'references');
  const unknown = paths.find((path) => path !== 'references');
  if (unknown !== undefined)
    throw new OptimadeError(400, `Only references can be included, not ${JSON.stringify(unknown.slice(0, 100))}.`);
  return paths.includes('references');
}

const namesIn = (text: string | null): string[] =>
  (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
