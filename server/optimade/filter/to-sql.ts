import { type Field, FilterFieldError, type FindField, type ScalarType } from './fields';
import type {
  ComparisonOperator,
  Constant,
  Filter,
  HasQuantity,
  ItemCondition,
  MatchOperator,
  Operand,
  Property,
} from './filter';
import { bound, join, raw, type Sql, sql } from './sql';

/**
 * A filter as one condition of PostgreSQL. Unknown values follow SQL's own three-valued logic, which is OPTIMADE's rule: a comparison with
 * NULL is neither true nor, with NOT before it, the opposite. Throws FilterFieldError.
 */
export const filterToSql = (filter: Filter, findField: FindField): Sql =>
  new Writer((property) => findField(property.path)).write(filter);

/** A value of a type, in SQL. Without a type it is unknown. */
interface Term {
  type: ScalarType | 'unknown';
  sql: Sql;
  /** The constant that it was, and how messages call it. */
  constant?: Constant;
  name: string;
}

const UNKNOWN = raw('NULL::boolean');
const sqlOperators = {
  '=': raw('='),
  '!=': raw('<>'),
  '<': raw('<'),
  '<=': raw('<='),
  '>': raw('>'),
  '>=': raw('>='),
} as const;
const sqlTypes = {
  string: 'text',
  number: 'double precision',
  boolean: 'boolean',
  timestamp: 'timestamptz',
} as const satisfies Record<ScalarType, string>;

class Writer {
  constructor(private readonly field: (property: Property) => Field) {}

  write(filter: Filter): Sql {
    switch (filter.is) {
      case 'all':
      case 'any':
        return sql`(${join(
          filter.of.map((part) => this.write(part)),
          filter.is === 'all' ? ' AND ' : ' OR ',
        )})`;
      case 'not':
        return sql`(NOT ${this.write(filter.of)})`;
      case 'compare':
        return this.compare(this.term(filter.left), filter.operator, this.term(filter.right));
      case 'true':
        return this.compare(this.term(filter.property), '=', this.term({ is: 'boolean', value: true }));
      case 'match':
        return this.match(this.term(filter.property), filter.operator, this.term(filter.value));
      case 'known':
        return this.known(filter.property, filter.isKnown);
      case 'length':
        return this.length(filter.property, filter.operator, filter.value);
      case 'has':
        return this.has(filter.properties, filter.quantity, filter.of);
    }
  }

  private term(operand: Operand): Term {
    if (operand.is !== 'property')
      return {
        type: operand.is,
        sql: bound(operand.value, sqlTypes[operand.is]),
        constant: operand,
        name: operand.is === 'string' ? JSON.stringify(operand.value) : String(operand.value),
      };
    const field = this.field(operand);
    const name = operand.path.join('.');
    if (field.is === 'unknown') return { type: 'unknown', sql: raw('NULL'), name };
    if (field.is !== 'scalar')
      throw new FilterFieldError(
        501,
        `${name} is a ${field.is === 'dictionary' ? 'dictionary' : 'list: ask with HAS or LENGTH'}.`,
      );
    return { type: field.type, sql: field.sql, name };
  }

  private compare(left: Term, operator: ComparisonOperator, right: Term): Sql {
    if (left.type === 'unknown' || right.type === 'unknown') return UNKNOWN;
    const [l, r] = this.alike(left, right);
    const isOrdered = operator !== '=' && operator !== '!=';
    if (l.type === 'boolean' && isOrdered)
      throw new FilterFieldError(400, `${left.name} is true or false, which has no order: use = or !=.`);
    // Whether texts are equal an index of any collation tells.
    const collation = raw(l.type === 'string' && isOrdered ? ' COLLATE "C"' : '');
    return sql`(${l.sql}${collation} ${sqlOperators[operator]} ${r.sql})`;
  }

  /** Both of one type; a moment is written as a string. */
  private alike(left: Term, right: Term): [Term, Term] {
    if (left.type === right.type) return [left, right];
    if (left.type === 'timestamp' && right.constant?.is === 'string') return [left, this.moment(right, left.name)];
    if (right.type === 'timestamp' && left.constant?.is === 'string') return [this.moment(left, right.name), right];
    throw new FilterFieldError(
      501,
      `${left.name} and ${right.name} are of different types: a ${left.type} and a ${right.type}.`,
    );
  }

  private moment(term: Term, name: string): Term {
    const text = String(term.constant!.value);
    if (
      !/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text) ||
      Number.isNaN(Date.parse(text))
    )
      throw new FilterFieldError(
        400,
        `${name} is compared with a moment like "2026-01-31T12:00:00Z"; ${term.name} is none.`,
      );
    return { type: 'timestamp', sql: bound(new Date(text).toISOString(), 'timestamptz'), name: term.name };
  }

  private match(subject: Term, operator: MatchOperator, value: Term): Sql {
    if (subject.type === 'unknown' || value.type === 'unknown') return UNKNOWN;
    if (subject.type !== 'string' || value.type !== 'string')
      throw new FilterFieldError(
        501,
        `CONTAINS, STARTS and ENDS compare strings; ${subject.type === 'string' ? value.name : subject.name} is none.`,
      );
    return matchSql(subject.sql, operator, value.sql);
  }

  private known(property: Property, isKnown: boolean): Sql {
    const field = this.field(property);
    if (field.is === 'unknown') return raw(isKnown ? 'FALSE' : 'TRUE');
    return sql`(${field.sql} IS ${raw(isKnown ? 'NOT NULL' : 'NULL')})`;
  }

  private length(property: Property, operator: ComparisonOperator, value: Constant): Sql {
    const field = this.field(property);
    const name = property.path.join('.');
    if (field.is === 'unknown') return UNKNOWN;
    if (field.is !== 'list' && field.is !== 'nested-list')
      throw new FilterFieldError(501, `${name} is no list and has no LENGTH.`);
    if (value.is !== 'number') throw new FilterFieldError(501, 'LENGTH is compared with a number.');
    const length = field.lengthSql ?? sql`cardinality(${field.sql})`;
    return sql`(${length} ${sqlOperators[operator]} ${bound(value.value, 'double precision')})`;
  }

  private has(properties: Property[], quantity: HasQuantity, of: ItemCondition[][]): Sql {
    const fields = properties.map((property) => this.field(property));
    if (fields.some((field) => field.is === 'unknown')) return UNKNOWN;
    const lists = fields.map((field, i) => {
      if (field.is === 'list') return field;
      throw new FilterFieldError(
        501,
        `${properties[i]!.path.join('.')} is no list of plain values: HAS cannot look into it.`,
      );
    });
    const rows = of.map((conditions) =>
      conditions.map(({ operator, value }) => ({ operator, term: this.term(value) })),
    );
    if (rows.some((row) => row.some(({ term }) => term.type === 'unknown'))) return UNKNOWN;
    const isPlain =
      lists.length === 1 && rows.every(([only]) => only!.operator === '=' && only!.term.type === lists[0]!.item);
    if (isPlain)
      return hasPlain(
        lists[0]!,
        quantity,
        rows.map(([only]) => only!.term.sql),
      );
    const items = rows.map((row) => this.items(lists, row, properties));
    const columns = raw(lists.map((_, i) => `v${i}`).join(', '));
    const arrays = lists.map((list) => list.sql);
    const exists = (condition: Sql) =>
      sql`EXISTS (SELECT 1 FROM unnest(${join(arrays, ', ')}) AS item(${columns}) WHERE ${condition})`;
    const found =
      quantity === 'only'
        ? sql`(cardinality(${arrays[0]!}) > 0 AND NOT ${exists(sql`NOT (${join(items, ' OR ')})`)})`
        : sql`(${join(items.map(exists), quantity === 'any' ? ' OR ' : ' AND ')})`;
    // Without the guard an unknown list would have nothing, instead of nobody knowing what it has.
    const areKnown = join(
      arrays.map((array) => sql`${array} IS NOT NULL`),
      ' AND ',
    );
    return sql`CASE WHEN ${areKnown} THEN ${found} END`;
  }

  /** The conditions on the items at one place of all lists. */
  private items(
    lists: { item: ScalarType }[],
    row: { operator: ComparisonOperator | MatchOperator; term: Term }[],
    properties: Property[],
  ): Sql {
    const conditions = row.map(({ operator, term }, i) => {
      const item: Term = {
        type: lists[i]!.item,
        sql: raw(`item.v${i}`),
        name: `an item of ${properties[i]!.path.join('.')}`,
      };
      return operator in sqlOperators
        ? this.compare(item, operator as ComparisonOperator, term)
        : this.match(item, operator as MatchOperator, term);
    });
    return sql`(${join(conditions, ' AND ')})`;
  }
}

/** With the operators of arrays, which an index can answer. */
function hasPlain(list: { sql: Sql; item: keyof typeof sqlTypes }, quantity: HasQuantity, values: Sql[]): Sql {
  const array = sql`ARRAY[${join(values, ', ')}]::${raw(sqlTypes[list.item])}[]`;
  if (quantity === 'only') return sql`(${list.sql} <@ ${array} AND cardinality(${list.sql}) > 0)`;
  return sql`(${list.sql} ${raw(quantity === 'any' ? '&&' : '@>')} ${array})`;
}

function matchSql(subject: Sql, operator: MatchOperator, value: Sql): Sql {
  if (operator === 'contains') return sql`(position(${value} IN ${subject}) > 0)`;
  if (operator === 'starts') return sql`starts_with(${subject}, ${value})`;
  return sql`(right(${subject}, length(${value})) = ${value})`;
}
