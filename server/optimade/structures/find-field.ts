import { type PropertyDefinition, prefixOf } from '@/server/schemas/datasets';
import { type Field, FilterFieldError } from '../filter/fields';
import { bound, raw, type Sql, sql } from '../filter/sql';
import { isKnownProvider, OWN_PREFIX } from '../prefixes';
import { nestedColumns, structureColumns } from './columns';

export interface Fields {
  find(path: readonly string[]): Field;
  /** Names whose prefix nobody is known to own, in the order in which they were met. */
  unrecognised: string[];
}

/**
 * The properties of a dataset's structures for filters and orders. A name without a prefix, or with one of the dataset's own, must exist; with
 * another's prefix it is a property that is unknown here for all entries.
 */
export function fieldsOf(definitions: readonly PropertyDefinition[]): Fields {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const ownPrefixes = new Set([OWN_PREFIX, ...definitions.map(({ name }) => prefixOf(name))]);
  const unrecognised: string[] = [];
  return {
    unrecognised,
    find(path) {
      const name = path.join('.');
      const standard = Object.hasOwn(structureColumns, name) ? structureColumns[name]!.field : undefined;
      const field = standard ?? (Object.hasOwn(nestedColumns, name) ? nestedColumns[name] : undefined);
      if (field) return field;
      const definition = byName.get(path[0]!);
      if (definition) return ownField(definition, path);
      const prefix = prefixOf(path[0]!);
      if (prefix === null || ownPrefixes.has(prefix))
        throw new FilterFieldError(400, `There is no property ${name}. /info/structures lists those that there are.`);
      if (!isKnownProvider(prefix) && !unrecognised.includes(path[0]!)) unrecognised.push(path[0]!);
      return { is: 'unknown' };
    },
  };
}

/** A value in the column of properties. Whatever its definition says, a value of another type counts as unknown. */
function ownField(definition: PropertyDefinition, path: readonly string[]): Field {
  if (path.length > 1)
    throw new FilterFieldError(
      501,
      `${path.join('.')} lies within ${definition.name}, which filters do not look into.`,
    );
  const json = sql`(e."properties" -> ${bound(definition.name, 'text')})`;
  const ofType = (type: string, value: Sql) =>
    sql`(CASE WHEN jsonb_typeof${json} = ${raw(`'${type}'`)} THEN ${value} END)`;
  switch (definition.type) {
    case 'number':
    case 'integer':
      return { is: 'scalar', type: 'number', sql: ofType('number', sql`${json}::double precision`) };
    case 'boolean':
      return { is: 'scalar', type: 'boolean', sql: ofType('boolean', sql`${json}::boolean`) };
    case 'string':
      return { is: 'scalar', type: 'string', sql: ofType('string', sql`${json} #>> '{}'`) };
    case 'list': {
      const items = definition.items ?? 'other';
      const lengthSql = ofType('array', sql`jsonb_array_length(${json})`);
      if (items === 'other') return { is: 'nested-list', sql: json, lengthSql };
      const type = { number: 'double precision', string: 'text', boolean: 'boolean' }[items];
      const array = sql`ARRAY(SELECT item::${raw(type)} FROM jsonb_array_elements_text(${json}) AS list(item))`;
      return { is: 'list', item: items, sql: ofType('array', array), lengthSql };
    }
    case 'dictionary':
      return { is: 'dictionary', sql: json };
  }
}
