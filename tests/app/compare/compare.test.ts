import { describe, expect, test } from 'vitest';
import { compareAddress, readNames } from '@/app/compare/compare-address';
import { compareRows } from '@/app/compare/compare-rows';
import { COMPARED_MAX, type EntryDetail, type EntryValue, type PropertyDefinition } from '@/server/schemas/datasets';

const gap: PropertyDefinition = {
  ...{ name: '_a_gap', title: 'Gap', unit: 'eV', type: 'number' },
  ...{ description: '', method: 'PBE' },
};

function entry(key: string, volume: number, properties: [PropertyDefinition, EntryValue][]): EntryDetail {
  const cell = { aAngstrom: 4, bAngstrom: 4, cAngstrom: 4, alphaDegrees: 90, betaDegrees: 90, gammaDegrees: 90 };
  return {
    ...{ key, formula: 'NaCl', dataset: { slug: 's', title: 'Salts' }, references: [], related: [] },
    structure: { sites: 2, cell, volumeAngstrom3: volume, densityGramPerCm3: 2, symmetry: null, formula: 'NaCl' },
    properties: properties.map(([definition, value]) => ({ definition, value })),
  } as unknown as EntryDetail;
}

const value = (number: number): EntryValue => ({ is: 'value', value: number });

describe('a comparison', () => {
  const rowOf = (entries: EntryDetail[], title: string) => compareRows(entries).find((row) => row.title === title)!;

  test('marks what differs and says by how much, and nothing else', () => {
    const entries = [entry('a', 40, []), entry('b', 42, []), entry('c', 40 * (1 + 1e-9), [])];
    const volume = rowOf(entries, 'Volume per atom');
    expect(volume.differs).toBe(true);
    expect(volume.cells.map(({ change }) => change)).toEqual([null, '+5.00 %', null]);
    expect(rowOf(entries, 'a').differs).toBe(false);
  });

  test('has one row for what follows from the structure and a dataset tells as well', () => {
    const density = { ...gap, name: '_mine_density', title: 'Density', unit: 'g/cm³' };
    const rows = compareRows([entry('a', 40, [[density, value(2)]])]).filter(({ title }) => title === 'Density');
    expect(rows).toHaveLength(1);
  });

  test('never takes what is not known for a number', () => {
    const row = rowOf(
      [entry('a', 40, [[gap, { is: 'not-computed' }]]), entry('b', 40, [[gap, value(2)]]), entry('c', 40, [])],
      'Gap',
    );
    expect(row.cells.map(({ text, isKnown }) => [text, isKnown])).toEqual([
      ['not computed', false],
      ['2', true],
      ['not computed', false],
    ]);
    expect(row.differs).toBe(false);
  });

  test('brings values of one property into one unit, and names methods that are not the same', () => {
    const other = { ...gap, unit: 'meV', method: 'HSE' };
    const row = rowOf([entry('a', 40, [[gap, value(2)]]), entry('b', 40, [[other, value(2000)]])], 'Gap');
    expect(row.differs).toBe(false);
    expect(row.unit).toBe('eV');
    expect(row.note).toMatch(/same method/);
  });
});

describe('its address', () => {
  test('gives back what it was made of, ids with slashes and all', () => {
    const names = [
      { slug: 'a-b', key: 'x/y&z=1' },
      { slug: 'c', key: 'mp-1 ü' },
    ];
    const search = new URLSearchParams(compareAddress(names).split('?')[1]);
    expect(readNames(search.getAll('with'))).toEqual(names);
  });

  test('leaves out what cannot be meant, twins and more than are compared', () => {
    expect(readNames(undefined)).toEqual([]);
    expect(readNames(['', '/x', 'x/', 'nothing'])).toEqual([]);
    expect(readNames(['a/1', 'a/1'])).toHaveLength(1);
    expect(readNames(Array.from({ length: 20 }, (_, i) => `a/${i}`))).toHaveLength(COMPARED_MAX);
  });
});
