import type { PropertyDefinition } from '@/server/schemas/datasets';
import { OptimadeError } from '../errors';
import { FilterFieldError } from '../filter/fields';
import { type Filter, FilterSyntaxError } from '../filter/filter';
import { parseFilter } from '../filter/parse';
import { bound, join, raw, type Sql, sql, toStatement } from '../filter/sql';
import { filterToSql } from '../filter/to-sql';
import type { ListParameters } from '../parameters';
import { type Fields, fieldsOf } from './find-field';

/** A statement with its parameters. */
export interface Statement {
  text: string;
  values: unknown[];
}

export interface Selection {
  page: Statement;
  count: Statement;
  /** Names in it whose prefix nobody is known to own. */
  unrecognised: string[];
}

/** The statements that find a page of a dataset's entries, one more than asked for, and count all. Throws OptimadeError. */
export function selectEntries(
  datasetId: string,
  definitions: readonly PropertyDefinition[],
  parameters: Pick<ListParameters, 'filter' | 'limit' | 'from' | 'sort'>,
): Selection {
  const fields = fieldsOf(definitions);
  const filter = parameters.filter === null ? null : readFilter(parameters.filter);
  const where = conditions(datasetId, filter, fields);
  const { from, limit } = parameters;
  const order = orderBy(parameters.sort, fields);
  const page = 'after' in from ? sql`${where} AND e."key" > ${bound(from.after, 'text')}` : where;
  const skip = 'skip' in from ? bound(from.skip, 'integer') : raw('0');
  return {
    count: toStatement(sql`SELECT count(*)::integer AS "count" FROM "Entry" e WHERE ${where}`),
    // The structures of the page alone are read: PostgreSQL looks them up after it has put the rows in order and counted them off.
    page: toStatement(sql`SELECT e."number", e."key", e."elements", e."elementCount", e."siteCount", e."periodicCount", e."formulaReduced",
        e."formulaAnonymous", e."formulaHill", e."formulaDescriptive", e."spaceGroupNumber", e."lastModified", e."properties",
        e."referenceKeys", (SELECT s."attributes" FROM "EntryStructure" s
          WHERE s."datasetId" = e."datasetId" AND s."number" = e."number") AS "attributes"
        FROM "Entry" e WHERE ${page} ${order} OFFSET ${skip} LIMIT ${bound(limit + 1, 'integer')}`),
    unrecognised: fields.unrecognised,
  };
}

/** The numbers of all entries that a filter finds. Throws OptimadeError. */
export function numbersOf(datasetId: string, definitions: readonly PropertyDefinition[], filter: string): Statement {
  const where = conditions(datasetId, readFilter(filter), fieldsOf(definitions));
  return toStatement(sql`SELECT array_agg(e."number") AS "numbers" FROM "Entry" e WHERE ${where}`);
}

function readFilter(text: string): Filter {
  try {
    return parseFilter(text);
  } catch (err) {
    if (err instanceof FilterSyntaxError) throw new OptimadeError(400, err.message);
    throw err;
  }
}

function conditions(datasetId: string, filter: Filter | null, fields: Fields): Sql {
  const ofDataset = sql`e."datasetId" = ${bound(datasetId, 'uuid')}`;
  try {
    return filter ? sql`${ofDataset} AND ${filterToSql(filter, fields.find)}` : ofDataset;
  } catch (err) {
    if (err instanceof FilterFieldError) throw new OptimadeError(err.status, err.message);
    throw err;
  }
}

/** Unknown values come last, either way; what is alike, and all where nothing else is asked, in the order of ids. */
function orderBy(sort: ListParameters['sort'], fields: Fields): Sql {
  const terms = sort.flatMap(({ name, isDescending }) => {
    const field = findSortable(name, fields);
    return field ? [sql`${field} ${raw(isDescending ? 'DESC' : 'ASC')} NULLS LAST`] : [];
  });
  return sql`ORDER BY ${join([...terms, raw('e."key"')], ', ')}`;
}

/** Null for another provider's property, by which nothing is told apart. */
function findSortable(name: string, fields: Fields): Sql | null {
  let field: ReturnType<Fields['find']>;
  try {
    field = fields.find(name.split('.'));
  } catch (err) {
    if (err instanceof FilterFieldError)
      throw new OptimadeError(400, `Nothing can be sorted by ${name}: there is no such property.`);
    throw err;
  }
  if (field.is === 'unknown') return null;
  if (field.is !== 'scalar')
    throw new OptimadeError(400, `Nothing can be sorted by ${name}, which is a list or a dictionary.`);
  return field.type === 'string' ? sql`${field.sql} COLLATE "C"` : field.sql;
}
