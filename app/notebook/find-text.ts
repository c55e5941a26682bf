export interface Search {
  text: string;
  isCaseSensitive: boolean;
  isRegex: boolean;
}

export interface Match {
  cellId: string;
  start: number;
  end: number;
}

const MATCHES_MAX = 10_000;

/** The pattern of a search; null where there is nothing to look for, or it is no regular expression. */
export function patternOf({ text, isCaseSensitive, isRegex }: Search): RegExp | null {
  if (text === '') return null;
  try {
    return new RegExp(isRegex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), isCaseSensitive ? 'gm' : 'gim');
  } catch {
    return null;
  }
}

/** Where it is found in the cells, in their order. What is empty is not found. */
export function findMatches(cells: readonly { id: string; source: string }[], search: Search): Match[] {
  const pattern = patternOf(search);
  if (!pattern) return [];
  const matches: Match[] = [];
  for (const { id, source } of cells)
    for (const match of source.matchAll(pattern)) {
      if (match[0] === '') continue;
      matches.push({ cellId: id, start: match.index, end: match.index + match[0].length });
      if (matches.length === MATCHES_MAX) return matches;
    }
  return matches;
}

/** The source with all of them replaced; `$1` stands for a group of a regular expression, and for itself otherwise. */
export function replaceMatches(source: string, search: Search, replacement: string): string {
  const pattern = patternOf(search);
  if (!pattern) return source;
  return search.isRegex ? source.replace(pattern, replacement) : source.replace(pattern, () => replacement);
}
