import { expect, test } from 'vitest';
import { relaxFigure, runStarts } from '@/app/plot/relax-figure';
import { readSites, writeSites } from '@/app/properties/relax/site-list';
import { startingMoment } from '@/app/wizard/physics/default-moments';

test('sites are read and written as people count them', () => {
  expect(readSites('1, 3-5 7')).toEqual([0, 2, 3, 4, 6]);
  expect(writeSites([6, 0, 2, 3, 4])).toBe('1, 3–5, 7');
  expect(readSites('')).toEqual([]);
  for (const text of ['0', 'x', '5-3', '1-99999']) expect(readSites(text)).toBeNull();
});

test('a relaxation is drawn with a line where each run begins, and a force of zero has no place on a log axis', () => {
  const point = (step: number, run: number, force: number) => ({
    ...{ step, run, energyEv: -step, largestForceEvPerAngstrom: force, pressureGpa: null },
  });
  const points = [point(0, 0, 1), point(1, 0, 0.1), point(2, 1, 0)];
  expect(runStarts(points)).toEqual([2]);
  const { data, layout } = relaxFigure(points, { forceTolerance: 0.01, atoms: 2 }, 'light');
  expect(data).toHaveLength(2);
  expect(data[0]!['y']).toEqual([1000, 500, 0]);
  expect(data[1]!['y']).toEqual([1, 0.1, null]);
  expect(layout['shapes']).toHaveLength(2);
});

test('d and f shells start with their unpaired electrons, others with none', () => {
  expect(['Ti', 'Mn', 'Fe', 'Ni', 'Zn', 'Gd', 'O'].map(startingMoment)).toEqual([2, 5, 4, 2, 0, 7, 0]);
});
