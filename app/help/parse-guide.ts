/** A piece of a line: plain, or with one look. */
export interface Span {
  text: string;
  look?: 'strong' | 'em' | 'code';
  href?: string;
}

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  | { kind: 'paragraph'; spans: Span[] }
  | { kind: 'list'; isOrdered: boolean; items: Span[][] }
  | { kind: 'table'; header: Span[][]; rows: Span[][][] }
  | { kind: 'code'; text: string };

const ITEM = /^(?:[-*]|\d+\.) +/;

/** The Markdown that the guides are written in: headings, paragraphs, flat lists, tables, code, and links, bold, italics within a line. */
export function parseGuide(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  let i = 0;
  /** The lines from here that a test holds for, as one text. */
  const take = (fits: (line: string) => boolean) => {
    const from = i;
    while (i < lines.length && fits(lines[i]!)) i++;
    return lines.slice(from, i);
  };
  while (i < lines.length) {
    const line = lines[i]!;
    const heading = /^(#{1,3}) +(.*)$/.exec(line);
    if (line.trim() === '') i++;
    else if (heading) {
      blocks.push({ kind: 'heading', level: heading[1]!.length as 1 | 2 | 3, text: heading[2]! });
      i++;
    } else if (line.startsWith('```')) {
      i++;
      blocks.push({ kind: 'code', text: take((one) => !one.startsWith('```')).join('\n') });
      i++;
    } else if (line.startsWith('|')) {
      const [header, , ...rows] = take((one) => one.startsWith('|')).map(cellsOf);
      blocks.push({ kind: 'table', header: header!, rows });
    } else if (ITEM.test(line)) {
      const isOrdered = /^\d/.test(line);
      const items: string[] = [];
      for (const one of take((next) => ITEM.test(next) || /^ +\S/.test(next)))
        if (ITEM.test(one)) items.push(one.replace(ITEM, ''));
        else items.push(`${items.pop()} ${one.trim()}`);
      blocks.push({ kind: 'list', isOrdered, items: items.map(parseSpans) });
    } else {
      const isMore = (one: string) => one.trim() !== '' && !/^(#{1,3} |```|\|)/.test(one) && !ITEM.test(one);
      // A line that begins like nothing else is a paragraph, whatever it is.
      const text = take(isMore).join(' ') || lines[i++]!;
      blocks.push({ kind: 'paragraph', spans: parseSpans(text) });
    }
  }
  return blocks;
}

const cellsOf = (line: string) =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => parseSpans(cell.trim()));

const SPAN = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

export function parseSpans(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const found of text.matchAll(SPAN)) {
    if (found.index > from) spans.push({ text: text.slice(from, found.index) });
    const [all, code, strong, em, label, href] = found;
    if (code) spans.push({ text: code, look: 'code' });
    else if (strong) spans.push({ text: strong, look: 'strong' });
    else if (em) spans.push({ text: em, look: 'em' });
    else spans.push({ text: label!, href: href! });
    from = found.index + all.length;
  }
  if (from < text.length) spans.push({ text: text.slice(from) });
  return spans;
}
