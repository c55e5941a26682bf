import type { Derived } from '@/server/schemas/resolved';

/** A derived number with the override that a person may have set. */
export function derive<Value>(automatic: Value, source: string, override: Value | undefined): Derived<Value> {
  return { value: override ?? automatic, automatic, source, overridden: override !== undefined };
}
