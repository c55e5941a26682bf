import { expect, test } from 'vitest';
import { filterAddress, filterInput, hasFilters, readFilters } from '@/app/lists/filters';

const id = '01936f9e-0000-7000-8000-000000000001';

test('filters go into the address and come back the same', () => {
  const filters = readFilters({
    state: 'running,failed',
    formula: 'LiCoO2',
    text: 'a & b',
    from: '2026-11-01',
    elements: 'Li, O',
    property: 'bands',
    tag: 'figure 2',
    after: id,
  });
  expect(filterAddress('/calculations', filters)).toBe(
    `/calculations?state=running,failed&formula=LiCoO2&text=a%20%26%20b&from=2026-11-01&elements=Li,%20O&property=bands&tag=figure%202&after=${id}`,
  );
  const search = Object.fromEntries(new URLSearchParams(filterAddress('', filters)));
  expect(readFilters(search)).toEqual(filters);
});

test('what makes no sense in an address is left out', () => {
  const filters = readFilters({ state: 'running,nonsense', from: 'yesterday', after: 'x,y', text: ['a', 'b'] });
  expect(filters).toEqual({
    ...{ states: ['running'], formula: '', text: 'a', from: '', to: '', after: [] },
    ...{ elements: '', property: '', tag: '' },
  });
});

test('no filters at all give the bare address', () => {
  const none = readFilters({});
  expect(filterAddress('/calculations', none)).toBe('/calculations');
  expect(hasFilters(none)).toBe(false);
});

test('the last day counts to its end, and the newest cursor is asked for', () => {
  const input = filterInput({ ...readFilters({ to: '2026-11-23' }), after: ['a', 'b'] });
  expect(input.createdTo).toEqual(new Date('2026-11-24T00:00:00Z'));
  expect(input.cursor).toBe('b');
});

test('elements are taken as people write them', () => {
  const elementsOf = (text: string) => filterInput(readFilters({ elements: text })).elements;
  expect(elementsOf('Li, O')).toEqual(['Li', 'O']);
  expect(elementsOf('LiCoO2')).toEqual(['Li', 'Co', 'O']);
  expect(elementsOf('12')).toBeNull();
});
