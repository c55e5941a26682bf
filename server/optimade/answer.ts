import { db } from '@/server/db/client';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import { type Asked, type Envelope, writeEnvelope, writeErrors } from './envelope';
import { OptimadeError, type Warning } from './errors';
import { FilterFieldError } from './filter/fields';
import { describeBase, describeReferences, describeStructures, listLinks } from './info';
import { type ListParameters, readParameters, writeCursor } from './parameters';
import { type ServedDataset, type Site, versionSegments } from './site';
import { structureColumns } from './structures/columns';
import { findEntries } from './structures/find-entries';
import { fieldsOf } from './structures/find-field';
import { type EntryRow, writeEntry } from './structures/write-entry';

export interface OptimadeRequest {
  site: Site;
  /** What stands behind the root: `mp/v1/structures`. */
  path: readonly string[];
  query: URLSearchParams;
  /** Whom the client may see; in the order of the index. */
  datasets: readonly ServedDataset[];
}

export interface OptimadeAnswer {
  status: number;
  contentType: string;
  body: string;
}

/** What a server of OPTIMADE answers. Whatever a client asks, this is an answer: only faults of the platform are thrown. */
export async function answerOptimade(request: OptimadeRequest): Promise<OptimadeAnswer> {
  const [first, ...behind] = request.path;
  const isIndex = first === undefined || isVersion(first) || ['versions', 'info', 'links'].includes(first);
  const dataset = isIndex ? null : request.datasets.find(({ slug }) => slug === first);
  const rest = isIndex ? request.path : behind;
  const asked: Asked = { site: request.site, representation: representationOf(rest, request.query) };
  try {
    if (dataset === undefined)
      throw new OptimadeError(404, `There is no dataset ${JSON.stringify(first)}, or it is not open to you.`);
    if (rest.length === 1 && rest[0] === 'versions')
      return { status: 200, contentType: 'text/csv; header=present', body: 'version\n1\n' };
    const endpoint = withoutVersion(rest);
    return json(200, writeEnvelope(await dispatch(request, dataset, endpoint), asked));
  } catch (err) {
    if (!(err instanceof OptimadeError)) throw err;
    return json(err.status, writeErrors(err, asked));
  }
}

const json = (status: number, body: unknown): OptimadeAnswer => ({
  status,
  contentType: 'application/vnd.api+json',
  body: JSON.stringify(body),
});

const isVersion = (segment: string) => /^v\d/.test(segment);

function withoutVersion(path: readonly string[]): readonly string[] {
  if (path[0] === undefined || !isVersion(path[0])) return path;
  if (versionSegments.includes(path[0])) return path.slice(1);
  throw new OptimadeError(553, `Version ${path[0]} of OPTIMADE is not served; ${versionSegments.join(', ')} are.`);
}

function representationOf(path: readonly string[], query: URLSearchParams): string {
  const text = query.size > 0 ? `?${query}` : '';
  return `/${(path[0] !== undefined && isVersion(path[0]) ? path.slice(1) : path).join('/')}${text}`;
}

async function dispatch(
  request: OptimadeRequest,
  dataset: ServedDataset | null,
  path: readonly string[],
): Promise<Envelope> {
  const { site, query } = request;
  const [endpoint = 'info', ...behind] = path;
  const id = behind.length > 0 ? behind.join('/') : null;
  if (endpoint === 'info') {
    readParameters(query);
    return { data: describe(site, dataset, id) };
  }
  if (endpoint === 'links' && id === null) {
    readParameters(query);
    const data = listLinks(site, dataset, request.datasets);
    return { data, returned: data.length, available: data.length };
  }
  if (dataset && endpoint === 'structures')
    return id === null ? listStructures(request, dataset) : oneStructure(request, dataset, id);
  if (dataset && endpoint === 'references') return references(dataset, id, readParameters(query));
  throw new OptimadeError(404, `There is nothing at /${path.join('/')}.`);
}

function describe(site: Site, dataset: ServedDataset | null, entryType: string | null): unknown {
  if (entryType === null) return describeBase(site, dataset);
  if (dataset && entryType === 'structures') return describeStructures(definitionsOf(dataset));
  if (dataset && entryType === 'references') return describeReferences();
  throw new OptimadeError(404, `There is no /info/${entryType}.`);
}

const definitionsOf = (dataset: ServedDataset) => dataset.properties as unknown as PropertyDefinition[];

async function listStructures({ site, query, path }: OptimadeRequest, dataset: ServedDataset): Promise<Envelope> {
  const parameters = readParameters(query);
  const { rows, hasMore, returned, unrecognised } = await findEntries(dataset, parameters);
  const written = await writeRows(rows, dataset, parameters);
  const base = `${site.root}/${path.join('/')}`;
  return {
    ...written,
    links: { next: hasMore ? nextPage(base, query, parameters, rows) : null },
    ...{ returned, available: dataset.entryCount, hasMore },
    warnings: [...parameters.warnings, ...written.warnings, ...unrecognised.map(unrecognisedWarning)],
  };
}

/** By its key among the rows where no order was asked for, which costs the same however far it is; else by its place. */
function nextPage(
  base: string,
  query: URLSearchParams,
  { from, sort, limit }: ListParameters,
  rows: EntryRow[],
): string {
  const next = new URLSearchParams(query);
  for (const name of ['page_offset', 'page_number', 'page_cursor']) next.delete(name);
  const isOrdered = sort.length === 0;
  next.set(
    'page_cursor',
    writeCursor(isOrdered ? { after: rows.at(-1)!.key } : { skip: ('skip' in from ? from.skip : 0) + limit }),
  );
  return `${base}?${next}`;
}

async function oneStructure({ query }: OptimadeRequest, dataset: ServedDataset, id: string): Promise<Envelope> {
  const parameters = readParameters(query);
  if (parameters.filter !== null || parameters.sort.length > 0)
    throw new OptimadeError(400, 'One entry is neither filtered nor sorted.');
  const filter = `id=${JSON.stringify(id)}`;
  const { rows } = await findEntries(dataset, { filter, limit: 1, from: { skip: 0 }, sort: [] });
  const written = await writeRows(rows, dataset, parameters);
  const [data = null] = written.data;
  const warnings = [...parameters.warnings, ...written.warnings];
  return { ...written, data, returned: rows.length, available: dataset.entryCount, warnings };
}

async function writeRows(rows: EntryRow[], dataset: ServedDataset, { fields, includesReferences }: ListParameters) {
  const definitions = definitionsOf(dataset);
  const { known, warnings } = chooseFields(fields, definitions);
  const keys = includesReferences ? [...new Set(rows.flatMap((row) => row.referenceKeys))] : [];
  const found = keys.length > 0 ? await findReferences(dataset, keys) : [];
  return {
    data: rows.map((row) => writeEntry(row, definitions, known)),
    ...(found.length > 0 ? { included: found } : {}),
    warnings,
  };
}

/** A name that no property of ours has is refused; one of another provider is answered with null. */
function chooseFields(fields: string[] | null, definitions: PropertyDefinition[]) {
  if (fields === null) return { known: null, warnings: [] };
  const { find, unrecognised } = fieldsOf(definitions);
  for (const name of fields) {
    if (Object.hasOwn(structureColumns, name) || name === 'references') continue;
    try {
      find([name]);
    } catch (err) {
      if (err instanceof FilterFieldError) throw new OptimadeError(400, err.message);
      throw err;
    }
  }
  const known = new Set(fields.filter((name) => name !== 'references'));
  return { known, warnings: unrecognised.map(unrecognisedWarning) };
}

const unrecognisedWarning = (name: string): Warning => ({
  type: 'warning',
  title: 'UnknownProviderProperty',
  detail: `Nobody is known to own the prefix of ${name}: it was taken for a property that is unknown here.`,
});

async function references(dataset: ServedDataset, id: string | null, parameters: ListParameters): Promise<Envelope> {
  if (parameters.filter !== null) throw new OptimadeError(501, 'References are not filtered.');
  if (id !== null) {
    const [data = null] = await findReferences(dataset, [id]);
    return { data, returned: data ? 1 : 0 };
  }
  const skip = 'skip' in parameters.from ? parameters.from.skip : 0;
  const where = { datasetId: dataset.id };
  const [rows, available] = await Promise.all([
    db().datasetReference.findMany({ where, orderBy: { key: 'asc' }, skip, take: parameters.limit + 1 }),
    db().datasetReference.count({ where }),
  ]);
  const hasMore = rows.length > parameters.limit;
  return {
    data: rows.slice(0, parameters.limit).map(writeReference),
    returned: available,
    available,
    hasMore,
    warnings: parameters.warnings,
  };
}

const findReferences = async (dataset: ServedDataset, keys: string[]) =>
  (
    await db().datasetReference.findMany({
      where: { datasetId: dataset.id, key: { in: keys } },
      orderBy: { key: 'asc' },
    })
  ).map(writeReference);

const writeReference = ({ key, attributes }: { key: string; attributes: unknown }) => ({
  id: key,
  type: 'references',
  attributes,
});
