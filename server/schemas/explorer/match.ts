import { greatestCommonDivisor, type Understood } from './interpret';
import type { Query } from './query';
import { maskOf, type Table, WORDS } from './table';

/** One condition of a query, and for every row whether it holds (1) or not (0). */
export interface Condition {
  /** What it is about: `text`, `elements`, or the name of a column. */
  about: string;
  /** The same key, the same marks. */
  key: string;
  mark: (marks: Uint8Array) => void;
}

/** The conditions of a query. `found` are the rows that the server found for the box's filter; null while they are on their way. */
export function conditionsOf(
  table: Table,
  query: Query,
  understood: Understood,
  found: Uint32Array | null,
): Condition[] {
  return [
    ...textCondition(table, query.text, understood, found),
    ...elementCondition(table, query),
    ...Object.entries(query.ranges).flatMap(([name, range]) => rangeCondition(table, name, range)),
    ...Object.entries(query.words).flatMap(([name, words]) => wordCondition(table, name, words)),
    ...Object.entries(query.known).flatMap(([name, state]) => knownCondition(table, name, state)),
  ];
}

function textCondition(table: Table, text: string, understood: Understood, found: Uint32Array | null): Condition[] {
  if (understood.is === 'nothing') return [];
  const key = `text ${text} ${understood.is === 'filter' ? (found?.length ?? 'awaited') : ''}`;
  return [{ about: 'text', key, mark: (marks) => markText(table, understood, found, marks) }];
}

function markText(table: Table, understood: Understood, found: Uint32Array | null, marks: Uint8Array): void {
  const { rows, formulas, keys } = table;
  switch (understood.is) {
    case 'nothing':
      marks.fill(1);
      return;
    case 'filter':
      marks.fill(found ? 0 : 1);
      for (const row of found ?? []) marks[row] = 1;
      return;
    case 'formula':
      for (let row = 0; row < rows; row++) marks[row] = formulas[row] === understood.reduced ? 1 : 0;
      return;
    case 'id': {
      const part = understood.text.toLowerCase();
      for (let row = 0; row < rows; row++) marks[row] = keys[row]!.toLowerCase().includes(part) ? 1 : 0;
      return;
    }
    case 'system':
      markElements(table, { include: understood.elements, exclude: [], any: [], isOnly: true }, marks);
      return;
    case 'pattern': {
      markElements(
        table,
        { include: understood.parts.map(({ element }) => element), exclude: [], any: [], isOnly: false },
        marks,
      );
      for (let row = 0; row < rows; row++)
        if (marks[row] === 1 && !fitsPattern(formulas[row]!, understood)) marks[row] = 0;
      return;
    }
    case 'anonymous': {
      const wanted = reduced(understood.counts).join();
      for (let row = 0; row < rows; row++)
        marks[row] =
          countsOf(formulas[row]!)
            .sort((a, b) => b - a)
            .join() === wanted
            ? 1
            : 0;
    }
  }
}

const reduced = (counts: readonly number[]): number[] => {
  const divisor = counts.reduce(greatestCommonDivisor);
  return counts.map((count) => count / divisor);
};

const partsOf = (formula: string) =>
  [...formula.matchAll(/([A-Z][a-z]?)(\d*)/g)].map(([, element, digits]) => ({
    element: element!,
    count: digits ? Number(digits) : 1,
  }));

const countsOf = (formula: string) => partsOf(formula).map(({ count }) => count);

/** The named elements in their ratios, and for each star one more element in its. */
function fitsPattern(formula: string, { parts, stars }: Extract<Understood, { is: 'pattern' }>): boolean {
  const there = partsOf(formula);
  if (there.length !== parts.length + stars.length) return false;
  const rest = there.filter(({ element }) => !parts.some((part) => part.element === element)).map(({ count }) => count);
  const named = parts.map(({ element }) => there.find((part) => part.element === element)?.count ?? 0);
  const wanted = reduced([...parts.map(({ count }) => count), ...stars.toSorted((a, b) => a - b)]);
  return [...named, ...rest.sort((a, b) => a - b)].every((count, i) => count === wanted[i]);
}

function elementCondition(table: Table, { include, exclude, any, isOnly }: Query): Condition[] {
  if (include.length + exclude.length + any.length === 0 && !isOnly) return [];
  const key = `elements ${[include, exclude, any].map((symbols) => symbols.join()).join(';')} ${isOnly}`;
  return [{ about: 'elements', key, mark: (marks) => markElements(table, { include, exclude, any, isOnly }, marks) }];
}

function markElements(
  { rows, masks }: Table,
  { include, exclude, any, isOnly }: Pick<Query, 'include' | 'exclude' | 'any' | 'isOnly'>,
  marks: Uint8Array,
): void {
  const [need, never, some] = [maskOf(include), maskOf(exclude), maskOf(any)] as const;
  const allowed =
    isOnly && include.length + any.length > 0 ? maskOf([...include, ...any]) : new Uint32Array(WORDS).fill(0xffffffff);
  const needsSome = any.length > 0;
  for (let row = 0, at = 0; row < rows; row++, at += WORDS) {
    let missing = 0;
    let wrong = 0;
    let someThere = 0;
    for (let word = 0; word < WORDS; word++) {
      const bits = masks[at + word]!;
      missing |= need[word]! & ~bits;
      wrong |= (bits & never[word]!) | (bits & ~allowed[word]!);
      someThere |= bits & some[word]!;
    }
    marks[row] = missing === 0 && wrong === 0 && (!needsSome || someThere !== 0) ? 1 : 0;
  }
}

function rangeCondition(table: Table, name: string, [from, to]: readonly [number | null, number | null]): Condition[] {
  const column = table.columns.get(name);
  if (column?.is !== 'number' || (from === null && to === null)) return [];
  const [low, high] = [from ?? -Infinity, to ?? Infinity];
  const { values } = column;
  const mark = (marks: Uint8Array) => {
    // A comparison with NaN is false: what is not known is in no range.
    for (let row = 0; row < values.length; row++) marks[row] = values[row]! >= low && values[row]! <= high ? 1 : 0;
  };
  return [{ about: name, key: `range ${name} ${low} ${high}`, mark }];
}

function wordCondition(table: Table, name: string, words: readonly string[]): Condition[] {
  const column = table.columns.get(name);
  if (column?.is !== 'text' || words.length === 0) return [];
  const wanted = new Uint8Array(column.words.length);
  for (const [code, word] of column.words.entries()) wanted[code] = words.includes(word) ? 1 : 0;
  const mark = (marks: Uint8Array) => {
    for (let row = 0; row < marks.length; row++) marks[row] = column.codes[row]! >= 0 ? wanted[column.codes[row]!]! : 0;
  };
  return [{ about: name, key: `words ${name} ${words.join('\n')}`, mark }];
}

function knownCondition(table: Table, name: string, state: Query['known'][string]): Condition[] {
  const column = table.columns.get(name);
  if (!column) return [];
  const failed = table.failed.get(name);
  const isKnown =
    column.is === 'number'
      ? (row: number) => !Number.isNaN(column.values[row]!)
      : (row: number) => column.codes[row]! >= 0;
  const holds = {
    known: isKnown,
    failed: (row: number) => failed?.[row] === 1,
    absent: (row: number) => !isKnown(row) && failed?.[row] !== 1,
  }[state];
  const mark = (marks: Uint8Array) => {
    for (let row = 0; row < marks.length; row++) marks[row] = holds(row) ? 1 : 0;
  };
  return [{ about: name, key: `known ${name} ${state}`, mark }];
}
