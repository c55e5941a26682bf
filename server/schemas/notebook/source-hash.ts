/** A short mark of a source, to see whether it has changed: FNV-1a with the length. No protection against people who seek equal ones. */
export function sourceHash(source: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < source.length; i++) {
    hash ^= source.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return `${(hash >>> 0).toString(16)}-${source.length}`;
}
