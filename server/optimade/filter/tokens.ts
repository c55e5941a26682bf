import { FilterSyntaxError } from './filter';

export type Token =
  | { is: 'word'; text: Keyword; at: number }
  | { is: 'sign'; text: string; at: number }
  | { is: 'name'; text: string; at: number }
  | { is: 'string'; value: string; at: number }
  | { is: 'number'; value: number; text: string; at: number }
  | { is: 'end'; at: number };

const keywords = [
  ...['CONTAINS', 'UNKNOWN', 'LENGTH', 'STARTS', 'FALSE', 'KNOWN', 'ENDS', 'ONLY', 'TRUE', 'WITH'],
  ...['ALL', 'AND', 'ANY', 'HAS', 'NOT', 'IS', 'OR'],
] as const;
export type Keyword = (typeof keywords)[number];

const patterns = {
  // Vertical tab and form feed are white space too.
  space: /[ \t\n\r\v\f]+/y,
  name: /[a-z_][a-z_0-9]*/y,
  // A nested name of another provider may hold "+" (`_mp_stability.gga_gga+u_r2scan`), which no grammar says and servers take.
  nestedName: /[a-z_][a-z_0-9]*(?:\+[a-z_0-9]+)*/y,
  number: /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y,
  string: /"((?:[^"\\]|\\["\\])*)"/y,
  sign: /<=|>=|!=|[<>=():,.]/y,
} as const;

/** The words, names, signs and constants of a filter. Keywords are upper case and need no space around them. Throws FilterSyntaxError. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const take = (pattern: RegExp): string | null => {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[0] ?? null;
      if (found !== null) at += found.length;
      return found;
    };
    const start = at;
    if (take(patterns.space) !== null) continue;
    const token = readToken(text, start, take, isAfterDot(tokens));
    if (!token) throw new FilterSyntaxError(explainCharacter(text, start), start);
    tokens.push(token);
  }
  return [...tokens, { is: 'end', at: text.length }];
}

function readToken(
  text: string,
  at: number,
  take: (pattern: RegExp) => string | null,
  isNested: boolean,
): Token | undefined {
  const keyword = keywords.find((word) => text.startsWith(word, at));
  if (keyword) {
    take(new RegExp(keyword, 'y'));
    return { is: 'word', text: keyword, at };
  }
  const name = take(isNested ? patterns.nestedName : patterns.name);
  if (name !== null) return { is: 'name', text: name, at };
  const number = take(patterns.number);
  if (number !== null) return { is: 'number', value: Number(number), text: number, at };
  const string = take(patterns.string);
  if (string !== null) return { is: 'string', value: string.slice(1, -1).replace(/\\(["\\])/g, '$1'), at };
  const sign = take(patterns.sign);
  return sign === null ? undefined : { is: 'sign', text: sign, at };
}

function isAfterDot(tokens: Token[]): boolean {
  const last = tokens.at(-1);
  return last?.is === 'sign' && last.text === '.';
}

function explainCharacter(text: string, at: number): string {
  if (text[at] === '"')
    return 'a string that begins here does not end, or has a backslash before another sign than " and \\';
  const word = /^[A-Z]\w*/.exec(text.slice(at, at + 40))?.[0];
  if (word) return `"${word}" is no keyword, and names of properties are lower case`;
  return `"${String.fromCodePoint(text.codePointAt(at)!)}" has no meaning here`;
}
