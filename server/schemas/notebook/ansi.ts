import { ansiSequence } from './ansi-sequence';

/** A piece of terminal text with one look. */
export interface AnsiSpan {
  text: string;
  /** Names of classes: `fg1`, `bg2`, `bold`, `dim`, `italic`, `underline`. */
  looks: string[];
  color: string | null;
  background: string | null;
}

/** The text of a terminal in pieces; what moves the cursor is left out. */
export function parseAnsi(text: string): AnsiSpan[] {
  const spans: AnsiSpan[] = [];
  let look = plain();
  let last = 0;
  const push = (piece: string) => {
    if (piece !== '') spans.push({ text: piece, looks: looksOf(look), color: look.color, background: look.background });
  };
  for (const match of text.matchAll(ansiSequence)) {
    push(text.slice(last, match.index));
    last = match.index + match[0].length;
    if (match[2] === 'm') look = change(look, match[1] ?? '');
  }
  push(text.slice(last));
  return spans;
}

const plain = () => ({
  ...{ bold: false, dim: false, italic: false, underline: false, foreground: -1, ground: -1 },
  ...{ color: null as string | null, background: null as string | null },
});
type Look = ReturnType<typeof plain>;

const looksOf = ({ bold, dim, italic, underline, foreground, ground }: Look): string[] => [
  ...(bold ? ['bold'] : []),
  ...(dim ? ['dim'] : []),
  ...(italic ? ['italic'] : []),
  ...(underline ? ['underline'] : []),
  ...(foreground >= 0 ? [`fg${foreground}`] : []),
  ...(ground >= 0 ? [`bg${ground}`] : []),
];

function change(before: Look, codes: string): Look {
  const look = { ...before };
  const numbers = codes.split(/[;:]/).map((code) => Number(code || 0));
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers[i]!;
    if (code === 0) Object.assign(look, plain());
    else if (code === 1) look.bold = true;
    else if (code === 2) look.dim = true;
    else if (code === 3) look.italic = true;
    else if (code === 4) look.underline = true;
    else if (code === 22) Object.assign(look, { bold: false, dim: false });
    else if (code === 23) look.italic = false;
    else if (code === 24) look.underline = false;
    else if (code === 39) Object.assign(look, { foreground: -1, color: null });
    else if (code === 49) Object.assign(look, { ground: -1, background: null });
    else if (code === 38 || code === 48) {
      const { color, length } = extended(numbers.slice(i + 1));
      i += length;
      if (code === 38) Object.assign(look, { foreground: color.index, color: color.css });
      else Object.assign(look, { ground: color.index, background: color.css });
    } else {
      const index = code % 10 >= 8 ? -1 : (code % 10) + (code >= 90 ? 8 : 0);
      if (index < 0) continue;
      if ((code >= 30 && code < 38) || (code >= 90 && code < 98))
        Object.assign(look, { foreground: index, color: null });
      if ((code >= 40 && code < 48) || (code >= 100 && code < 108))
        Object.assign(look, { ground: index, background: null });
    }
  }
  return look;
}

/** Of the palette of 256 colours, or of three numbers. */
function extended([kind, a = 0, b = 0, c = 0]: number[]): {
  color: { index: number; css: string | null };
  length: number;
} {
  if (kind === 2) return { color: { index: -1, css: `rgb(${a}, ${b}, ${c})` }, length: 4 };
  if (a < 16) return { color: { index: a, css: null }, length: 2 };
  if (a >= 232) {
    const grey = 8 + (a - 232) * 10;
    return { color: { index: -1, css: `rgb(${grey}, ${grey}, ${grey})` }, length: 2 };
  }
  const level = (n: number) => (n === 0 ? 0 : 55 + n * 40);
  const [r, g, blue] = [Math.floor((a - 16) / 36), Math.floor((a - 16) / 6) % 6, (a - 16) % 6].map(level);
  return { color: { index: -1, css: `rgb(${r}, ${g}, ${blue})` }, length: 2 };
}
