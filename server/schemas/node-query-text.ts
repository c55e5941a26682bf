import { type Comparison, type NodeFilter, nodeFilterSchema } from './node-query';

/** What is wrong with the text of a query, as a sentence. */
export class QueryTextError extends Error {}

interface Token {
  kind: 'open' | 'close' | 'quoted' | 'word';
  text: string;
}

const NESTED_MAX = 20;
const operators = /^([A-Za-z_][\w.-]*)(!=|<=|>=|[:=<>])(.*)$/s;

/**
 * The text form of a filter: `kind:bands-result gap.gapEv>=1 not tag:draft (created>=2026-01-01 or "thin films")`.
 * Conditions side by side must all hold; `or`, `not` and brackets as one reads them.
 *   filter := all ('or' all)*      all := part ('and'? part)*      part := 'not' part | '(' filter ')' | condition
 */
export function parseQueryText(text: string): NodeFilter {
  const tokens = tokenize(text);
  let at = 0;
  const peekWord = () => (tokens[at]?.kind === 'word' ? tokens[at]!.text.toLowerCase() : null);

  const readAny = (depth: number): NodeFilter => {
    if (depth > NESTED_MAX) throw new QueryTextError('There are too many brackets within brackets.');
    const parts = [readAll(depth)];
    while (peekWord() === 'or') {
      at += 1;
      parts.push(readAll(depth));
    }
    return together('any', parts);
  };
  const readAll = (depth: number): NodeFilter => {
    const parts: NodeFilter[] = [];
    while (at < tokens.length && tokens[at]!.kind !== 'close' && peekWord() !== 'or') {
      if (peekWord() === 'and') at += 1;
      else addPart(parts, readPart(depth));
    }
    if (parts.length === 0 && depth + at > 0)
      throw new QueryTextError('A condition is missing beside "or", "not" or a bracket.');
    return together('all', parts);
  };
  const readPart = (depth: number): NodeFilter => {
    if (depth > NESTED_MAX) throw new QueryTextError('There are too many conditions within conditions.');
    const token = tokens[at];
    if (!token || token.kind === 'close') throw new QueryTextError('A condition is missing after "not".');
    at += 1;
    if (token.kind === 'open') {
      const inner = readAny(depth + 1);
      if (tokens[at]?.kind !== 'close') throw new QueryTextError('A bracket is not closed.');
      at += 1;
      return inner;
    }
    if (token.kind === 'quoted') return { is: 'words', text: token.text };
    if (token.text.toLowerCase() === 'not') return { is: 'not', of: [readPart(depth + 1)] };
    return readCondition(token.text);
  };

  const filter = readAny(0);
  if (at < tokens.length) throw new QueryTextError('A bracket is closed that was not opened.');
  const checked = nodeFilterSchema.safeParse(filter);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0]!;
  throw new QueryTextError(`The query is not understood: ${String(issue.path.at(-1) ?? 'it')}: ${issue.message}.`);
}

/** Words side by side are one search: they are meant to stand together, in one comment or one label. */
function addPart(parts: NodeFilter[], part: NodeFilter): void {
  const last = parts.at(-1);
  if (part.is === 'words' && last?.is === 'words')
    parts[parts.length - 1] = { is: 'words', text: `${last.text} ${part.text}` };
  else parts.push(part);
}

const together = (is: 'all' | 'any', of: NodeFilter[]): NodeFilter => (of.length === 1 ? of[0]! : { is, of });

/** A word runs to the next space or bracket; quotes keep both within it. */
function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s+|(\()|(\))|((?:[^\s()"]|"(?:[^"\\]|\\.)*")+)|(")/gsu;
  for (const [, open, close, word, stray] of text.matchAll(pattern)) {
    if (stray) throw new QueryTextError('A quotation mark is not closed.');
    if (open) tokens.push({ kind: 'open', text: open });
    if (close) tokens.push({ kind: 'close', text: close });
    if (word)
      tokens.push({
        kind: word.startsWith('"') ? 'quoted' : 'word',
        text: word.startsWith('"') ? unquote(word) : word,
      });
  }
  return tokens;
}

const unquote = (text: string) =>
  text.replace(/"((?:[^"\\]|\\.)*)"/gs, (_, inner: string) => inner.replace(/\\(.)/gs, '$1'));

function readCondition(word: string): NodeFilter {
  const match = operators.exec(word);
  if (!match) return { is: 'words', text: unquote(word) };
  const [, name, sign, given] = match as unknown as [string, string, string, string];
  const value = unquote(given);
  if (value === '') throw new QueryTextError(`A value is missing after ${name}${sign}.`);
  const keyword = keywords[name];
  if (keyword && sign === ':') return keyword(value);
  if (name === 'created') return { is: 'created', comparison: sign as '<', at: value };
  if (sign === ':') throw new QueryTextError(`There is no condition ${name}:. For a property write ${name}=${value}.`);
  return { is: 'property', path: name, comparison: sign as Comparison, value: readValue(given) };
}

const keywords: Record<string, ((value: string) => NodeFilter) | undefined> = Object.assign(Object.create(null), {
  type: (type: string) => ({ is: 'type', type }),
  kind: (kind: string) => ({ is: 'kind', kind }),
  state: (state: string) => ({ is: 'state', state }),
  has: (path: string) => ({ is: 'has', path }),
  tag: (tag: string) => ({ is: 'tag', tag }),
  group: (group: string) => ({ is: 'group', group }),
  formula: (formula: string) => ({ is: 'formula', formula }),
  'ancestor-of': (of: string) => ({ is: 'ancestor', of }),
  'descendant-of': (of: string) => ({ is: 'descendant', of }),
});

/** A number where it reads as one; what stands in quotes is text. */
function readValue(given: string): number | string | boolean {
  if (given.startsWith('"')) return unquote(given);
  if (given === 'true' || given === 'false') return given === 'true';
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(given) && Number.isFinite(Number(given)) ? Number(given) : given;
}
