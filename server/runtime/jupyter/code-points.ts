/** Jupyter counts a cursor in code points, JavaScript in UTF-16 units: beyond the basic plane a character is two of these. */
export function toCodePoints(text: string, utf16Offset: number): number {
  let count = 0;
  for (const _ of text.slice(0, utf16Offset)) count++;
  return count;
}

export function toUtf16(text: string, codePoints: number): number {
  let offset = 0;
  let left = codePoints;
  for (const character of text) {
    if (left-- <= 0) break;
    offset += character.length;
  }
  return offset;
}
