/** "1" becomes "2", "1.9" becomes "1.10", "first" becomes "first.2". */
export function raiseVersion(version: string): string {
  const match = /^(.*?)(\d{1,9})$/.exec(version);
  return match ? `${match[1]}${Number(match[2]) + 1}` : `${version.slice(0, 37)}.2`;
}
