import { expect, test } from 'vitest';
import { findMatches, patternOf, replaceMatches } from '@/app/notebook/find-text';

const plain = (text: string) => ({ text, isCaseSensitive: false, isRegex: false });
const cells = [
  { id: 'a', source: 'Gap = gap(1)' },
  { id: 'b', source: 'none' },
  { id: 'c', source: 'gaps\ngap' },
];

test('finds in all cells in their order, with or without regard to case', () => {
  expect(findMatches(cells, plain('gap')).map(({ cellId, start }) => `${cellId}${start}`)).toEqual([
    'a0',
    'a6',
    'c0',
    'c5',
  ]);
  expect(findMatches(cells, { ...plain('gap'), isCaseSensitive: true })).toHaveLength(3);
  expect(findMatches(cells, plain('gap('))).toEqual([{ cellId: 'a', start: 6, end: 10 }]);
});

test('a regular expression finds lines and groups; one that is wrong, or fits nothing at all, finds nothing', () => {
  const search = { text: '^(g)ap$', isCaseSensitive: true, isRegex: true };
  expect(findMatches(cells, search)).toEqual([{ cellId: 'c', start: 5, end: 8 }]);
  expect(replaceMatches('gaps\ngap', search, '$1-$1')).toBe('gaps\ng-g');
  expect(patternOf({ ...search, text: '(' })).toBeNull();
  expect(findMatches(cells, { ...search, text: 'x*' })).toEqual([]);
});

test('what is no regular expression is replaced letter by letter', () => {
  expect(replaceMatches('a.b a-b', plain('a.b'), '$1')).toBe('$1 a-b');
});
