import type { Sql } from './sql';

export type ScalarType = 'string' | 'number' | 'boolean' | 'timestamp';

/**
 * What a property is in SQL, each an expression that is NULL where the value is unknown. Whatever a person wrote stands in
 * it as a bound value.
 */
export type Field =
  | { is: 'scalar'; type: ScalarType; sql: Sql }
  /** `sql` is an array: text[], double precision[] or boolean[]. */
  | { is: 'list'; item: Exclude<ScalarType, 'timestamp'>; sql: Sql; lengthSql?: Sql }
  /** Lists of lists or of dictionaries: their length can be asked for, and whether they are known. */
  | { is: 'nested-list'; sql: Sql; lengthSql: Sql }
  | { is: 'dictionary'; sql: Sql }
  /** Another provider's property, or one without values: unknown for every entry. */
  | { is: 'unknown' };

/** Finds a property; throws FilterFieldError where there is none of that name. */
export type FindField = (path: readonly string[]) => Field;

/** A filter that can be read but not answered: 400 where it names what is not there, 501 where it asks what this database does not compare. */
export class FilterFieldError extends Error {
  override readonly name = 'FilterFieldError';
  constructor(
    readonly status: 400 | 501,
    reason: string,
  ) {
    super(reason);
  }
}
