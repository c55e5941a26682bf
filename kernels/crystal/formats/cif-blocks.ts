import { fileError } from './text';

export interface CifValue {
  text: string;
  line: number;
  /** Quoted "." and "?" are text, bare ones mean that nothing is known. */
  isQuoted: boolean;
}

/** A data block: for every tag (in lower case) its values, one for a plain item, many for a column of a loop. */
export interface CifBlock {
  name: string;
  line: number;
  columns: Map<string, CifValue[]>;
}

type Token = CifValue & { kind: 'value' | 'tag' | 'loop' | 'block' | 'other' };

/**
 * The data blocks of a CIF (Hall, Allen and Brown, Acta Cryst. A47, 655 (1991)); one pass over the text, no backtracking.
 * Save frames count as part of their block.
 */
export function readCifBlocks(text: string): CifBlock[] {
  const blocks: CifBlock[] = [];
  const tokens = tokenize(text);
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at]!;
    const block = blocks.at(-1);
    if (token.kind === 'block') {
      blocks.push({ name: token.text.slice(5), line: token.line, columns: new Map() });
      at++;
    } else if (token.kind === 'loop') {
      at = readLoop(tokens, at + 1, block);
    } else if (token.kind === 'tag') {
      const value = tokens[at + 1];
      if (value?.kind !== 'value')
        throw fileError(token.line, `a value was expected after ${token.text.slice(0, 60)}.`);
      block?.columns.set(token.text.toLowerCase(), [value]);
      at += 2;
    } else {
      // A stray value: files in the wild have them, and nothing depends on it.
      at++;
    }
  }
  return blocks;
}

function readLoop(tokens: Token[], start: number, block: CifBlock | undefined): number {
  let at = start;
  const tags: string[] = [];
  while (tokens[at]?.kind === 'tag') tags.push(tokens[at++]!.text.toLowerCase());
  const columns = tags.map((): CifValue[] => []);
  let count = 0;
  while (tokens[at]?.kind === 'value') {
    if (tags.length > 0) columns[count++ % tags.length]!.push(tokens[at]!);
    at++;
  }
  if (tags.length > 0 && count % tags.length !== 0) {
    throw fileError(
      tokens[at - 1]!.line,
      `the table that begins with ${tags[0]!.slice(0, 60)} has ${tags.length} columns, and its last row is not complete.`,
    );
  }
  tags.forEach((tag, i) => void block?.columns.set(tag, columns[i]!));
  return at;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '\n') {
      line++;
      at++;
    } else if (char === ' ' || char === '\t' || char === '\r') {
      at++;
    } else if (char === '#') {
      at = lineEnd(text, at);
    } else if (char === ';' && (at === 0 || text[at - 1] === '\n')) {
      const end = text.indexOf('\n;', at);
      if (end < 0) throw fileError(line, 'the text that begins here with ";" is never ended by a line with ";".');
      const value = text.slice(at + 1, end);
      tokens.push({ kind: 'value', text: value.trim(), line, isQuoted: true });
      line += countLines(value) + 1;
      at = end + 2;
    } else if (char === "'" || char === '"') {
      const end = closingQuote(text, at);
      if (end < 0) throw fileError(line, `the quote that begins here (${char}) is not closed on its line.`);
      tokens.push({ kind: 'value', text: text.slice(at + 1, end), line, isQuoted: true });
      at = end + 1;
    } else {
      const end = wordEnd(text, at);
      const word = text.slice(at, end);
      tokens.push({ kind: kindOf(word), text: word, line, isQuoted: false });
      at = end;
    }
  }
  return tokens;
}

function kindOf(word: string): Token['kind'] {
  if (word[0] === '_') return 'tag';
  const start = word.slice(0, 7).toLowerCase();
  if (start.startsWith('data_')) return 'block';
  if (start.startsWith('loop_') && word.length === 5) return 'loop';
  return start.startsWith('save_') || start === 'global_' || start === 'stop_' ? 'other' : 'value';
}

function isBlank(char: string | undefined): boolean {
  return char === undefined || char === ' ' || char === '\t' || char === '\n' || char === '\r';
}

function wordEnd(text: string, start: number): number {
  let end = start;
  while (!isBlank(text[end])) end++;
  return end;
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** A quote closes only where a blank follows, so that 'O5'' is the text O5'. */
function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === text[start] && isBlank(text[at + 1])) return at;
  }
  return -1;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
