/** A heading of a markdown cell. */
export interface Heading {
  cellId: string;
  level: number;
  text: string;
}

/** The headings of a text, those of code between fences left out. */
export function headingsOf(cellId: string, source: string): Heading[] {
  const headings: Heading[] = [];
  let fence: string | null = null;
  for (const line of source.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && fence === null) fence = mark;
    else if (mark && fence !== null && mark.startsWith(fence)) fence = null;
    const found = fence === null ? /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/.exec(line) : null;
    if (found?.[2]) headings.push({ cellId, level: found[1]!.length, text: plain(found[2]) });
  }
  return headings;
}

/** Without what makes letters bold or a link. */
const plain = (text: string) => text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`]/g, '');
