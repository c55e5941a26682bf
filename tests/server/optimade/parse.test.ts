import { describe, expect, test } from 'vitest';
import { createRandom } from '@/kernels/core/random';
import { FilterSyntaxError } from '@/server/optimade/filter/filter';
import { FILTER_TEXT_MAX, parseFilter } from '@/server/optimade/filter/parse';
import { hasVectors, vectors } from './vectors';

function isFilter(text: string): boolean {
  try {
    parseFilter(text);
    return true;
  } catch (err) {
    expect(err).toBeInstanceOf(FilterSyntaxError);
    return false;
  }
}

describe.skipIf(!hasVectors)('the published vectors', () => {
  test('of the Python tools’ parser', () => {
    const cases = vectors<{ filter: string; valid: boolean }>('parser_validity');
    expect(cases.filter(({ filter, valid }) => isFilter(filter) !== valid)).toEqual([]);
  });

  test('of the specification’s own grammar, which decides where parsers disagree', () => {
    const cases = vectors<{ filter: string; spec_valid: boolean }>('spec_filter_cases');
    expect(cases.filter(({ filter, spec_valid }) => isFilter(filter) !== spec_valid)).toEqual([]);
  });

  test('of the Perl parser', () => {
    const cases = vectors<{ filter: string; error: string | null }>('perl_normalised_sql');
    expect(cases.filter(({ filter, error }) => isFilter(filter) !== (error === null))).toEqual([]);
  });

  test('that the Python tools turn away as they are written', () => {
    const cases = vectors<{ filter: string; error?: string }>('mongo_translations');
    const isWrong = ({ filter, error }: (typeof cases)[number]) => isFilter(filter) === (error === 'BadRequest');
    expect(cases.filter(isWrong)).toEqual([]);
  });
});

describe('a filter is read', () => {
  test('with NOT before AND before OR', () => {
    expect(parseFilter('NOT a=1 AND b=2 OR c=3')).toMatchObject({
      is: 'any',
      of: [{ is: 'all', of: [{ is: 'not' }, { is: 'compare' }] }, { is: 'compare' }],
    });
  });

  test('with a constant first as if it stood behind', () => {
    expect(parseFilter('5 < nsites')).toEqual(parseFilter('nsites > 5'));
    expect(parseFilter('"a" = id')).toEqual(parseFilter('id = "a"'));
  });

  test('with strings whose quotes and backslashes are escaped', () => {
    expect(parseFilter('a = "x\\"y\\\\z"')).toMatchObject({ right: { value: 'x"y\\z' } });
    expect(isFilter('a = "x\\n"')).toBe(false);
    expect(isFilter('a = "x')).toBe(false);
  });

  test('with lists side by side, each with its operator', () => {
    expect(parseFilter('a:b HAS ANY "H":>6, "He":<7')).toMatchObject({
      quantity: 'any',
      properties: [{ path: ['a'] }, { path: ['b'] }],
      of: [
        [{ operator: '=' }, { operator: '>' }],
        [{ operator: '=' }, { operator: '<' }],
      ],
    });
    expect(isFilter('a:b HAS "H"')).toBe(false);
  });

  test('and the fault named with its place', () => {
    expect(() => parseFilter('elements HAS Si')).toThrow(/character 14.*"Si" is no keyword/);
    expect(() => parseFilter('nsites >')).toThrow(/character 9.*the end stands there/);
  });

  test('only to a bound in length, depth and number of conditions', () => {
    const deep = (levels: number) => `${'('.repeat(levels)}a=1${')'.repeat(levels)}`;
    expect(isFilter(deep(50))).toBe(true);
    expect(isFilter(deep(51))).toBe(false);
    expect(isFilter(Array(500).fill('a=1').join(' OR '))).toBe(true);
    expect(isFilter(Array(501).fill('a=1').join(' OR '))).toBe(false);
    expect(isFilter(`a="${'x'.repeat(FILTER_TEXT_MAX)}"`)).toBe(false);
  });

  test('or turned away by a sentence, whatever stands in it', () => {
    const random = createRandom(20261129);
    const words = [
      'a',
      'AND',
      'OR',
      'NOT',
      '(',
      ')',
      '"x"',
      '"',
      '\\',
      '1.',
      '.5e',
      'HAS',
      'ALL',
      ',',
      ':',
      '=',
      '<=',
      'é',
      '\0',
      'LENGTH',
    ];
    for (let n = 0; n < 5_000; n++) {
      const count = 1 + Math.floor(12 * random());
      const text = Array.from({ length: count }, () => words[Math.floor(words.length * random())]).join(
        random() < 0.5 ? ' ' : '',
      );
      isFilter(text);
    }
  });
});
