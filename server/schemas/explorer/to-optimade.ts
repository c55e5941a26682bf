import type { PropertyDefinition } from '../datasets';
import { interpret, type Understood } from './interpret';
import type { Query, SortKey } from './query';

export interface OptimadeQuery {
  /** Empty where nothing is asked for. */
  filter: string;
  /** As OPTIMADE's parameter `sort`. */
  sort: string;
  /** What of the query OPTIMADE has no words for, in words. */
  leftOut: string[];
}

const standardNames: Record<string, string | undefined> = {
  sites: 'nsites',
  elements: 'nelements',
  spacegroup: 'space_group_it_number',
  id: 'id',
  formula: 'chemical_formula_reduced',
};

/** The query as a filter of OPTIMADE. Numbers are compared as they are there, and not to the six digits of the page. */
export function toOptimade(
  query: Query,
  sort: readonly SortKey[],
  definitions: readonly PropertyDefinition[],
): OptimadeQuery {
  const leftOut: string[] = [];
  const typeOf = new Map(definitions.map(({ name, type }) => [name, type]));
  const nameOf = (column: string): string | null => {
    const name = standardNames[column] ?? (typeOf.has(column) ? column : null);
    if (name === null) leftOut.push(column === 'volume' ? 'the volume per atom' : column);
    return name;
  };
  const clauses = [
    ...textClauses(interpret(query.text)),
    ...elementClauses(query),
    ...Object.entries(query.ranges).flatMap(([column, [from, to]]) => {
      const name = nameOf(column);
      if (name === null) return [];
      return [...(from === null ? [] : [`${name} >= ${from}`]), ...(to === null ? [] : [`${name} <= ${to}`])];
    }),
    ...Object.entries(query.words).flatMap(([column, words]) => {
      const name = words.length > 0 ? nameOf(column) : null;
      if (name === null) return [];
      const isTruth = typeOf.get(column) === 'boolean';
      return [
        joined(
          words.map((word) => `${name} = ${isTruth ? (word === 'yes' ? 'TRUE' : 'FALSE') : quoted(word)}`),
          'OR',
        ),
      ];
    }),
    ...Object.entries(query.known).flatMap(([column, state]) => {
      if (state === 'failed') leftOut.push(`that ${column} failed`);
      const name = state === 'failed' ? null : nameOf(column);
      return name === null ? [] : [`${name} IS ${state === 'known' ? 'KNOWN' : 'UNKNOWN'}`];
    }),
  ];
  const keys = sort.flatMap(({ by, isDescending }) => {
    const name = nameOf(by);
    return name === null ? [] : [(isDescending ? '-' : '') + name];
  });
  return {
    filter: clauses.length === 1 ? bare(clauses[0]!) : joined(clauses, 'AND', false),
    sort: keys.join(','),
    leftOut,
  };
}

const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;
const list = (symbols: readonly string[]) => symbols.map(quoted).join(',');
const joined = (clauses: readonly string[], word: 'AND' | 'OR', isGrouped = true) =>
  clauses.length > 1 && isGrouped ? `(${clauses.join(` ${word} `)})` : clauses.join(` ${word} `);
/** One condition alone needs no brackets around it. */
const bare = (clause: string) => (/^\([^()]*\)$/.test(clause) ? clause.slice(1, -1) : clause);

function elementClauses({ include, exclude, any, isOnly }: Query): string[] {
  const allowed = [...include, ...any];
  return [
    ...(include.length > 0 ? [`elements HAS ALL ${list(include)}`] : []),
    ...(any.length > 0 ? [`elements HAS ANY ${list(any)}`] : []),
    ...(exclude.length > 0 ? [`NOT elements HAS ANY ${list(exclude)}`] : []),
    ...(isOnly && allowed.length > 0 ? [`elements HAS ONLY ${list(allowed)}`] : []),
  ];
}

function textClauses(understood: Understood): string[] {
  switch (understood.is) {
    case 'nothing':
      return [];
    case 'filter':
      return [`(${understood.text})`];
    case 'id':
      return [`id CONTAINS ${quoted(understood.text)}`];
    case 'formula':
      return [`chemical_formula_reduced = ${quoted(byTheAlphabet(understood.reduced))}`];
    case 'system':
      return [`elements HAS ALL ${list(understood.elements)}`, `nelements = ${understood.elements.length}`];
    case 'anonymous':
      return [`chemical_formula_anonymous = ${quoted(anonymous(understood.counts))}`];
    case 'pattern':
      return patternClauses(understood);
  }
}

const byTheAlphabet = (formula: string) =>
  [...formula.matchAll(/[A-Z][a-z]?\d*/g)]
    .map(([part]) => part)
    .sort((a, b) => (a.replace(/\d+/, '') < b.replace(/\d+/, '') ? -1 : 1))
    .join('');

function anonymous(counts: readonly number[]): string {
  const divisor = counts.reduce(greatestDivisor);
  return counts
    .map((count) => count / divisor)
    .sort((a, b) => b - a)
    .map((count, i) => String.fromCharCode(65 + i) + (count === 1 ? '' : count))
    .join('');
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

/** The counts of all elements by the anonymous formula, and whose each is by the reduced one: "O3" is in it, and neither "O32" nor so. */
function patternClauses({ parts, stars }: Extract<Understood, { is: 'pattern' }>): string[] {
  const all = [...parts.map(({ count }) => count), ...stars];
  const divisor = all.reduce(greatestDivisor);
  const counts = [...new Set(all.map((count) => String(count / divisor)))];
  return [
    `chemical_formula_anonymous = ${quoted(anonymous(all))}`,
    ...(parts.length > 0 ? [`elements HAS ALL ${list(parts.map(({ element }) => element))}`] : []),
    ...parts.flatMap(({ element, count }) => {
      const own = count === divisor ? '' : String(count / divisor);
      const longer = counts.filter((other) => other !== own && other !== '1' && other.startsWith(own));
      return [
        ...(own === '' ? [] : [`chemical_formula_reduced CONTAINS ${quoted(element + own)}`]),
        ...longer.map((other) => `NOT chemical_formula_reduced CONTAINS ${quoted(element + other)}`),
      ];
    }),
  ];
}
