/** JSON with the keys in order: equal for equal values, whatever order PostgreSQL gave their keys. */
export const canonicalText = (value: unknown): string => JSON.stringify(value, withSortedKeys);

const withSortedKeys = (_: string, value: unknown) =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
