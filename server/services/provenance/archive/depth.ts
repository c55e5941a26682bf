/** Deeper than any value that the platform or AiiDA makes; PostgreSQL and what reads it here go down it level by level. */
export const DEPTH_MAX = 200;

/** Whether lists and objects lie within each other deeper than that. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return true;
    level = level.flatMap((inner) => (inner !== null && typeof inner === 'object' ? Object.values(inner) : []));
  }
  return false;
}
