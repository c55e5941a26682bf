import { diffLines as compareLines, diffWordsWithSpace } from 'diff';

export interface DiffPart {
  text: string;
  /** Differs within a line that has a counterpart. */
  isMarked: boolean;
}

export type DiffLine =
  | { kind: 'same' | 'added' | 'removed'; parts: DiffPart[] }
  /** Lines that are the same in both, and so many that they are not shown. */
  | { kind: 'gap'; count: number };

/** Lines that stay around what differs. */
const CONTEXT = 3;
/** Beyond these a difference is told as all lines removed and all lines added. */
const EDITS_MAX = 4_000;
const LINE_MAX = 2_000;
const LINES_MAX = 2_000;

/**
 * What became of a text, line by line, with the words that differ within lines. Ends in about the time that is given, whatever the
 * texts hold; `linesLeftOut` counts what is not told.
 */
export function diffLines(
  before: string,
  after: string,
  timeoutMs: number,
): { lines: DiffLine[]; linesLeftOut: number } {
  const deadline = Date.now() + timeoutMs;
  const changes = compareLines(before, after, { timeout: timeoutMs, maxEditLength: EDITS_MAX }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
  const lines: DiffLine[] = [];
  for (let i = 0; i < changes.length; i++) {
    const { value, added, removed } = changes[i]!;
    const own = linesOf(value);
    const next = changes[i + 1];
    if (removed && next?.added) {
      lines.push(...pairLines(own, linesOf(next.value), deadline));
      i++;
    } else if (added || removed) lines.push(...own.map((line) => plain(added ? 'added' : 'removed', line)));
    else lines.push(...shortened(own, { isFirst: i === 0, isLast: i === changes.length - 1 }));
  }
  return { lines: lines.slice(0, LINES_MAX), linesLeftOut: Math.max(0, lines.length - LINES_MAX) };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

const cut = (line: string) => (line.length > LINE_MAX ? `${line.slice(0, LINE_MAX)}…` : line);

const plain = (kind: 'same' | 'added' | 'removed', line: string): DiffLine => ({
  kind,
  parts: [{ text: cut(line), isMarked: false }],
});

/** Lines that were put in the place of others: each with its counterpart the words that differ. */
function pairLines(removed: readonly string[], added: readonly string[], deadline: number): DiffLine[] {
  const gone: DiffLine[] = [];
  const come: DiffLine[] = [];
  const count = Math.max(removed.length, added.length);
  for (let i = 0; i < count; i++) {
    const [a, b] = [removed[i], added[i]];
    const left = deadline - Date.now();
    const words =
      a !== undefined && b !== undefined && a.length + b.length < 2 * LINE_MAX && left > 0
        ? diffWordsWithSpace(a, b, { timeout: left, maxEditLength: EDITS_MAX })
        : undefined;
    // Lines that have hardly a word in common are told as they are.
    const shared = (words ?? [])
      .filter((word) => !word.added && !word.removed)
      .reduce((n, { value }) => n + value.trim().length, 0);
    const isAlike = words && shared * 3 >= Math.min(a!.trim().length, b!.trim().length);
    if (a !== undefined) gone.push(isAlike ? { kind: 'removed', parts: marked(words, 'added') } : plain('removed', a));
    if (b !== undefined) come.push(isAlike ? { kind: 'added', parts: marked(words, 'removed') } : plain('added', b));
  }
  return [...gone, ...come];
}

const marked = (
  words: readonly { value: string; added: boolean; removed: boolean }[],
  without: 'added' | 'removed',
): DiffPart[] =>
  words
    .filter((word) => !word[without])
    .map(({ value, added, removed }) => ({ text: value, isMarked: added || removed }));

/** Of many lines that are the same those next to what differs. */
function shortened(lines: readonly string[], { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): DiffLine[] {
  const head = isFirst ? 0 : CONTEXT;
  const tail = isLast ? 0 : CONTEXT;
  const same = (some: readonly string[]) => some.map((line) => plain('same', line));
  if (lines.length <= head + tail + 1) return same(lines);
  const gap: DiffLine = { kind: 'gap', count: lines.length - head - tail };
  return [...same(lines.slice(0, head)), gap, ...same(lines.slice(lines.length - tail))];
}
