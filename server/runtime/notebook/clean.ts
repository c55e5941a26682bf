/** NUL and halves of characters: PostgreSQL keeps neither in JSON. */
const unkeepable = /[\0\p{Cs}]/gu;

/** A value with every text such that it can be stored. */
export function clean<Value>(value: Value): Value {
  if (typeof value === 'string') return value.replace(unkeepable, '\ufffd') as Value;
  if (Array.isArray(value)) return value.map(clean) as Value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clean(key), clean(inner)])) as Value;
}
