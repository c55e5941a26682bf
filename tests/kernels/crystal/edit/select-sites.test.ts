import { expect, test } from 'vitest';
import { selectSites } from '@/kernels/crystal/edit/select-sites';
import { parseStructure } from '@/kernels/crystal/structure';

/** Rock salt, 5.64 angstrom: sodium on 1 to 4, chlorine on 5 to 8. */
const fcc = [
  [0, 0, 0],
  [0, 0.5, 0.5],
  [0.5, 0, 0.5],
  [0.5, 0.5, 0],
];
const salt = parseStructure({
  cellAngstrom: [
    [5.64, 0, 0],
    [0, 5.64, 0],
    [0, 0, 5.64],
  ],
  sites: [
    ...fcc.map((fractional, i) => ({ element: 'Na', fractional, ...(i === 1 ? { label: 'up' } : {}) })),
    ...fcc.map(([x, y, z]) => ({ element: 'Cl', fractional: [(x! + 0.5) % 1, y, z] })),
  ],
});

test.each([
  ['Na', [0, 1, 2, 3]],
  ['2-4', [1, 2, 3]],
  ['1, 3 , Cl and z >= 0.5', [0, 2, 5, 6]],
  ['not Na', [4, 5, 6, 7]],
  ['Na and not (1 or 2)', [2, 3]],
  ['x<.25 and y < 0.25', [0, 6]],
  ['all', [0, 1, 2, 3, 4, 5, 6, 7]],
  ['label up', [1]],
  ['Fe', []],
  // The nearest neighbours of the first sodium, half a cell away, three of them over the cell's border as well.
  ['within 2.83 of 1 and not 1', [4, 6, 7]],
  ['ALL AND NOT Na OR 1', [0, 4, 5, 6, 7]],
] as const)('%s', (expression, sites) => expect(selectSites(salt, expression)).toEqual(sites));

test.each([
  ['', /missing/],
  ['Na and', /missing/],
  ['(Na', /not closed/],
  ['Na)', /not expected/],
  ['9', /numbered from 1 to 8/],
  ['0-2', /no site/],
  ['5-2', /no site/],
  ['z 0.5', /stands </],
  ['z < half', /a number is expected/],
  ['sodium', /not understood/],
  ['within 2 of 9', /no site 9/],
  ['within 2', /“of”/],
  [`${'('.repeat(500)}Na`, /too deep/],
] as const)('“%s” is told as wrong', (expression, why) => {
  expect(() => selectSites(salt, expression)).toThrow(why);
});

test('places of a molecule are in angstrom', () => {
  const water = parseStructure({
    sites: [
      { element: 'O', cartesianAngstrom: [0, 0, 0.12] },
      { element: 'H', cartesianAngstrom: [0, 0.76, -0.48] },
      { element: 'H', cartesianAngstrom: [0, -0.76, -0.48] },
    ],
  });
  expect(selectSites(water, 'y > 0.5')).toEqual([1]);
  expect(selectSites(water, 'within 1 of 1')).toEqual([0, 1, 2]);
});
