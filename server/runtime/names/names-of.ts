import { pythonNames } from './python';
import { typescriptNames } from './typescript';

/** Names by the alphabet, each once. */
export interface Names {
  /** Those that running the text gives a value. */
  defines: string[];
  /** Those that it takes from elsewhere. */
  uses: string[];
}

export type NamesLanguage = 'typescript' | 'python';

const TEXT_MAX = 100_000;
/** Brackets within brackets; the parser's time grows with the square of it. */
const BRACKETS_MAX = 500;
const NAMES_MAX = 500;
const NAME_MAX = 100;
export const noNames: Names = { defines: [], uses: [] };

/** What a cell defines and uses, from its text alone. A text that is too long or takes too long to read has no names. */
export function namesOf(language: NamesLanguage | null, text: string): Names {
  if (language === null || text.length > TEXT_MAX || text.trim() === '' || isTooDeep(text)) return noNames;
  const names = language === 'python' ? pythonNames(text) : typescriptNames(text);
  return names ? { defines: bounded(names.defines), uses: bounded(names.uses) } : noNames;
}

/** Of what a kernel calls its language. */
export function namesLanguage(name: string | null): NamesLanguage | null {
  if (name === 'typescript' || name === 'javascript') return 'typescript';
  return name === 'python' ? 'python' : null;
}

const bounded = (names: Iterable<string>): string[] =>
  [...names]
    .filter((name) => name.length <= NAME_MAX)
    .sort()
    .slice(0, NAMES_MAX);

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    if (depth > BRACKETS_MAX) return true;
  }
  return false;
}
