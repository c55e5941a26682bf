import { describe, expect, test } from 'vitest';
import { ExplorerSession } from '@/app/explore/engine/session';
import { createRandom } from '@/kernels/core/random';
import { elements } from '@/kernels/crystal/elements';
import type { DatasetIndex } from '@/server/schemas/dataset-index';
import { interpret } from '@/server/schemas/explorer/interpret';
import { conditionsOf } from '@/server/schemas/explorer/match';
import { Orderer } from '@/server/schemas/explorer/order';
import { emptyQuery, type Query } from '@/server/schemas/explorer/query';
import { Selector } from '@/server/schemas/explorer/select';
import { readTable } from '@/server/schemas/explorer/table';

const formulas = ['SiO2', 'NaCl', 'CaTiO3', 'BaTiO3', 'Fe2O3', 'LiFePO4', 'Si', 'Al2O3', 'Lr'];
const index: DatasetIndex = {
  revision: 1,
  rows: formulas.length,
  keys: formulas.map((_, i) => `mp-${i + 1}`),
  formulas,
  siteCounts: [9, 2, 5, 5, 10, 28, 2, 10, 1],
  periodicCounts: formulas.map(() => 3),
  spaceGroups: [152, 225, 221, 221, 167, 62, 227, 167, null],
  volumesPerAtom: formulas.map((_, i) => 10 + i),
  properties: [
    { name: '_src_gap', values: [8.9, 8.5, 3.5, 3.2, 2.1, 3.7, 1.1, 8.8, null] },
    { name: '_src_method', values: ['pbe', 'hse', 'pbe', 'pbe', null, 'pbe', 'hse', 'pbe', null] },
  ],
  failed: [{ name: '_src_gap', rows: [8] }],
};
const table = readTable(index);

function find(query: Partial<Query>): string[] {
  const asked = { ...emptyQuery, ...query };
  const { fails } = new Selector(table).select(conditionsOf(table, asked, interpret(asked.text), null));
  return formulas.filter((_, row) => fails[row] === 0);
}

describe('the search box understands', () => {
  test.each([
    ['Fe2O3', ['Fe2O3']],
    ['O6Fe4', ['Fe2O3']],
    ['Li-Fe-P-O', ['LiFePO4']],
    ['Fe-O', ['Fe2O3']],
    ['*TiO3', ['CaTiO3', 'BaTiO3']],
    ['A3B2', ['Fe2O3', 'Al2O3']],
    ['AB', ['NaCl']],
    ['A', ['Si', 'Lr']],
    ['mp-2', ['NaCl']],
    ['MP', formulas],
    ['', formulas],
  ])('%s', (text, expected) => {
    expect(find({ text })).toEqual(expected);
  });

  test('a filter of OPTIMADE, for which the server is asked', () => {
    expect(interpret('elements HAS "Si" AND nsites < 10').is).toBe('filter');
    expect(interpret('nelements=2').is).toBe('filter');
    expect(interpret('B4C')).toEqual({ is: 'formula', reduced: 'B4C' });
  });
});

describe('elements', () => {
  test('that must be there, must not, of which one must, and no others', () => {
    expect(find({ include: ['O', 'Ti'] })).toEqual(['CaTiO3', 'BaTiO3']);
    expect(find({ include: ['O'], exclude: ['Ti', 'Fe'] })).toEqual(['SiO2', 'Al2O3']);
    expect(find({ any: ['Ca', 'Na'] })).toEqual(['NaCl', 'CaTiO3']);
    expect(find({ any: ['Si', 'Al', 'O'], isOnly: true })).toEqual(['SiO2', 'Si', 'Al2O3']);
    expect(find({ include: ['Si'], isOnly: true })).toEqual(['Si']);
    expect(find({ include: ['Lr'] })).toEqual(['Lr']);
  });
});

describe('values', () => {
  test('in a range, both ends included; what is not known is in none', () => {
    expect(find({ ranges: { _src_gap: [3.2, 3.7] } })).toEqual(['CaTiO3', 'BaTiO3', 'LiFePO4']);
    expect(find({ ranges: { _src_gap: [null, 0] } })).toEqual([]);
    expect(find({ ranges: { _src_gap: [null, null] } })).toEqual(formulas);
  });

  test('that are words', () => {
    expect(find({ words: { _src_method: ['hse'] } })).toEqual(['NaCl', 'Si']);
  });

  test('that are known, were not computed, or failed', () => {
    expect(find({ known: { _src_method: 'absent' } })).toEqual(['Fe2O3', 'Lr']);
    expect(find({ known: { _src_gap: 'absent' } })).toEqual([]);
    expect(find({ known: { _src_gap: 'failed' } })).toEqual(['Lr']);
    expect(find({ known: { _src_gap: 'known' } })).toHaveLength(8);
  });
});

test('a histogram is of the rows that all other conditions let through', () => {
  const query = { ...emptyQuery, include: ['O'], ranges: { _src_gap: [8, 9] as const } };
  const selector = new Selector(table);
  const conditions = conditionsOf(table, query, interpret(''), null);
  const selection = selector.select(conditions);
  expect(selection.count).toBe(2);
  const sum = (name: string) => selector.histogram(name, 10, conditions, selection)!.counts.reduce((a, b) => a + b);
  expect(sum('_src_gap')).toBe(6);
  expect(sum('sites')).toBe(2);
  expect(selector.elementCounts(selection)[7]).toBe(2);
});

describe('an order', () => {
  const all = { count: formulas.length, fails: new Uint8Array(formulas.length) };
  const names = (rows: Uint32Array) => Array.from(rows, (row) => formulas[row]);

  test('puts unknown values last, either way', () => {
    const orderer = new Orderer(table);
    expect(names(orderer.order(all, [{ by: '_src_gap', isDescending: false }]))[0]).toBe('Si');
    expect(names(orderer.order(all, [{ by: '_src_gap', isDescending: false }])).at(-1)).toBe('Lr');
    const falling = names(orderer.order(all, [{ by: '_src_gap', isDescending: true }]));
    expect([falling[0], falling.at(-1)]).toEqual(['SiO2', 'Lr']);
  });

  test('by several columns is that of a comparison by each in turn', () => {
    const sorted = new Orderer(table).order(all, [
      { by: 'spacegroup', isDescending: true },
      { by: '_src_gap', isDescending: false },
    ]);
    expect(names(sorted)).toEqual(['Si', 'NaCl', 'BaTiO3', 'CaTiO3', 'Fe2O3', 'Al2O3', 'SiO2', 'LiFePO4', 'Lr']);
  });

  test('counts numbers in ids as people do', () => {
    const large = readTable({ ...index, rows: 3, keys: ['mp-10', 'mp-9', 'mp-100'] });
    const order = new Orderer(large).order({ count: 3, fails: new Uint8Array(3) }, [{ by: 'id', isDescending: false }]);
    expect([...order]).toEqual([1, 0, 2]);
  });
});

test('twenty thousand rows are filtered and put in order as by plain loops over them', () => {
  const random = createRandom(7);
  const rows = 20_000;
  const pick = () => elements[Math.floor(80 * random())]!.symbol;
  const made = Array.from({ length: rows }, () => [...new Set([pick(), pick(), pick()])].sort());
  const gaps = Array.from({ length: rows }, () => (random() < 0.2 ? null : Number((10 * random()).toPrecision(6))));
  const session = new ExplorerSession({
    ...index,
    rows,
    keys: made.map((_, i) => `x-${i}`),
    formulas: made.map((symbols) => symbols.join('')),
    ...{ siteCounts: made.map(({ length }) => length), periodicCounts: made.map(() => 3) },
    ...{ spaceGroups: made.map(() => 1), volumesPerAtom: made.map(() => 1) },
    properties: [{ name: '_src_gap', values: gaps }],
    failed: [],
  });
  const query: Query = { ...emptyQuery, any: ['O', 'Fe', 'Si'], exclude: ['H'], ranges: { _src_gap: [2, 7] } };
  const sort = [{ by: '_src_gap', isDescending: true }];
  const reply = session.select({ is: 'select', id: 1, query, sort, histograms: ['_src_gap'], found: null });
  const expected = made.flatMap((symbols, row) =>
    symbols.some((symbol) => query.any.includes(symbol)) &&
    !symbols.includes('H') &&
    gaps[row] !== null &&
    gaps[row]! >= 2 &&
    gaps[row]! <= 7
      ? [row]
      : [],
  );
  expect(reply.count).toBe(expected.length);
  const shown = session.points({ is: 'points', id: 1, columns: ['_src_gap'] });
  expect([...shown.rows]).toEqual(expected.sort((a, b) => gaps[b]! - gaps[a]! || a - b));
  const silicon = expected.filter((row) => made[row]!.includes('Si')).length;
  expect(reply.elementCounts[13]).toBe(silicon);
});
