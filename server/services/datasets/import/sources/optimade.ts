import type { DatasetSource } from '@/server/schemas/datasets';
import { type Fetched, fetchAddress, RemoteFault, readAddress } from '../../../remote/fetch-address';
import { readBatch } from '../read-batch';
import { isObject } from '../read-entry';
import type { ReadLine } from '../read-lines';
import { SourceFault } from '../source-fault';
import type { Piece } from './piece';
import { type Patience, refuseLater, tryAgain } from './try-again';

type OptimadeSource = Extract<DatasetSource, { kind: 'optimade' }>;

interface Context {
  datasetId: string;
  signal: AbortSignal;
  patience: Patience;
}

const PAGE_LIMIT = 100;
const PAGE_BYTES_MAX = 64 * 1024 ** 2;
const PAGE_TIMEOUT_MS = 120_000;
const PAGES_MAX = 1_000_000;
const EMPTY_PAGES_MAX = 20;
/** Names of a server's own properties that are asked for, together: longer addresses are refused by some. */
const FIELDS_LENGTH_MAX = 4_000;

export const standardFields = [
  ...['elements', 'nelements', 'chemical_formula_reduced', 'chemical_formula_descriptive', 'chemical_formula_hill'],
  ...['chemical_formula_anonymous', 'dimension_types', 'nperiodic_dimensions', 'lattice_vectors', 'nsites'],
  ...['cartesian_site_positions', 'species_at_sites', 'species', 'structure_features', 'last_modified', 'immutable_id'],
];
/** Of OPTIMADE 1.2: servers of earlier versions refuse to be asked for what they do not know. */
export const laterFields = new Set([
  'space_group_it_number',
  'space_group_symbol_hermann_mauguin',
  'space_group_symbol_hall',
]);

/** The base of a database, with its version, of what a person has: the base itself, or an address of its structures. */
export function optimadeBase(text: string): string {
  const url = readAddress(text);
  const path = url.pathname.replace(/\/(structures|info|links|references|versions)(\/.*)?$/, '').replace(/\/+$/, '');
  return `${url.origin}${/\/v1(\.\d+){0,2}$/.test(path) ? path : `${path}/v1`}`;
}

/** The structures of an OPTIMADE server of any version 1.x, page by page; the address of the next page is kept with what was taken. */
export async function* optimadePieces(source: OptimadeSource, context: Context): AsyncGenerator<Piece> {
  const seen = new Set<string>();
  let empty = 0;
  let at = source;
  if (at.next === null) {
    const start = await beginning(source, context);
    at = { ...at, next: start.url };
    if (start.definitions) yield { lines: [start.definitions], source: { ...at, lines: at.lines + 1 } };
    if (start.definitions) at = { ...at, lines: at.lines + 1 };
  }
  for (let url = at.next; url !== null; url = at.next) {
    if (seen.has(url))
      throw new SourceFault('Its pages go round in a circle: a page that was read is named as the next.');
    seen.add(url);
    const page = await ask(url, context);
    empty = page.entries.length === 0 ? empty + 1 : 0;
    if (empty > EMPTY_PAGES_MAX || at.lines > PAGES_MAX) throw new SourceFault('Its pages do not end.');
    const next = nextPage(page.next, page.url, source.url);
    const isFit = next === null || typeof next === 'string';
    at = {
      ...at,
      next: isFit ? next : url,
      lines: at.lines + 1,
      entriesExpected: page.returned ?? at.entriesExpected,
      waiting: null,
    };
    yield { lines: await readBatch(page.entries), source: at };
    if (!isFit) throw next;
  }
}

/** It stays on its server: an answer does not send this platform elsewhere. Behind a proxy some name themselves with http. */
export function nextPage(next: string | null, from: string, base: string): string | null | SourceFault {
  if (next === null) return null;
  if (!URL.canParse(next, from)) return new SourceFault('The address of its next page is none.');
  const url = new URL(next, from);
  const own = new URL(base);
  if (url.hostname !== own.hostname)
    return new SourceFault(`Its next page is on another server (${url.hostname}), which is not asked.`);
  if (own.protocol === 'https:') url.protocol = 'https:';
  if (own.port === '') url.port = '';
  return url.href;
}

/** The first page's address: with all properties that the server describes, where it takes that; and what it says of them. */
async function beginning({ url, filter }: OptimadeSource, context: Context) {
  const version = versionOf(await json(`${url}/info`, context).catch(ignoreMissing));
  if (version !== null && !/^v?1\b/.test(version))
    throw new SourceFault(`It speaks version ${version.slice(0, 40)} of OPTIMADE; versions 1.x are read.`);
  const described = propertiesOf(await json(`${url}/info/structures`, context).catch(ignoreMissing));
  const first = `${url}/structures?`;
  const query = new URLSearchParams({ ...(filter === '' ? {} : { filter }), page_limit: String(PAGE_LIMIT) });
  const withFields = new URLSearchParams(query);
  if (described) withFields.set('response_fields', fieldsOf(described));
  const candidates = [...(described ? [withFields] : []), query, without(query, 'page_limit')].map((q) => first + q);
  for (const [i, candidate] of candidates.entries()) {
    const { status } = await tryAgain(context, () => head(candidate, context));
    // Some refuse fields that they describe, or a page of a hundred.
    if (status < 400 || i === candidates.length - 1)
      return {
        url: candidate,
        definitions: described ? ({ is: 'definitions', properties: described } satisfies ReadLine) : null,
      };
  }
  throw new SourceFault('It gives no structures.');
}

function without(query: URLSearchParams, name: string): URLSearchParams {
  const rest = new URLSearchParams(query);
  rest.delete(name);
  return rest;
}

function fieldsOf(described: Record<string, unknown>): string {
  const own = Object.keys(described).filter((name) => /^_[a-z0-9]+_\w+$/i.test(name) || laterFields.has(name));
  let fields = standardFields.join(',');
  for (const name of own) if (fields.length + name.length < FIELDS_LENGTH_MAX) fields += `,${name}`;
  return fields;
}

export function versionOf(info: unknown): string | null {
  const meta = isObject(info) && isObject(info.meta) ? info.meta.api_version : null;
  return typeof meta === 'string' ? meta : null;
}

function propertiesOf(info: unknown): Record<string, unknown> | null {
  const data = isObject(info) && isObject(info.data) ? info.data : null;
  const attributes = data && isObject(data.attributes) ? data.attributes : data;
  return attributes && isObject(attributes.properties) ? attributes.properties : null;
}

/** What a server says of itself is not needed: one that does not, or not well, is read all the same. */
const ignoreMissing = (err: unknown): null => {
  if (err instanceof SourceFault) return null;
  throw err;
};
const INFO_TRIES = 3;

interface Page {
  /** As JSON, one text each. */
  entries: string[];
  next: string | null;
  returned: number | null;
  /** After redirects. */
  url: string;
}

async function ask(url: string, context: Context): Promise<Page> {
  return tryAgain(context, async () => {
    const answer = await open(url, context);
    refuseLater(answer);
    const body = await parse(answer);
    if (answer.status >= 400) throw new SourceFault(`It answered ${answer.status}: ${complaintOf(body)}`);
    if (!isObject(body) || !Array.isArray(body.data))
      throw new SourceFault('Its answer has no list of entries: it is no OPTIMADE server, or none with structures.');
    const links = isObject(body.links) ? body.links : {};
    const next = isObject(links.next) ? links.next.href : links.next;
    const meta = isObject(body.meta) ? body.meta : {};
    const included = Array.isArray(body.included) ? body.included : [];
    return {
      entries: [...body.data, ...included].map((entry) => JSON.stringify(entry)),
      next: typeof next === 'string' && next !== '' ? next : null,
      returned: typeof meta.data_returned === 'number' ? meta.data_returned : null,
      url: answer.url,
    };
  });
}

const open = (url: string, { signal }: Context): Promise<Fetched> =>
  fetchAddress(url, {
    bytesMax: PAGE_BYTES_MAX,
    timeoutMs: PAGE_TIMEOUT_MS,
    accept: 'application/vnd.api+json, application/json',
    signal,
  });

/** Whether it would be answered; the body is left. */
async function head(url: string, context: Context): Promise<{ status: number }> {
  const answer = await open(url, context);
  await answer.body[Symbol.asyncIterator]().return?.();
  refuseLater(answer);
  return { status: answer.status };
}

async function json(url: string, context: Context): Promise<unknown> {
  const patience = { ...context.patience, triesMax: Math.min(INFO_TRIES, context.patience.triesMax) };
  return tryAgain({ ...context, patience }, async () => {
    const answer = await open(url, context);
    refuseLater(answer);
    if (answer.status >= 400) throw new SourceFault(`It answered ${answer.status}.`);
    return parse(answer);
  });
}

/** Half an answer is asked for again. */
async function parse({ body }: Fetched): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new RemoteFault('Its answer is not JSON, or only a part of it.', true);
  }
}

export function complaintOf(body: unknown): string {
  const [first] = isObject(body) && Array.isArray(body.errors) ? body.errors : [];
  const said = isObject(first) ? (first.detail ?? first.title) : null;
  return typeof said === 'string' ? said.slice(0, 300) : 'it does not say why.';
}
