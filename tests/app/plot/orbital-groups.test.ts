import { expect, test } from 'vitest';
import { groupOrbitals } from '@/app/plot/orbital-groups';
import { dosGroups, groupStates, projectedDosTraces } from '@/app/plot/projected-dos';
import type { DosResult, Orbital } from '@/server/schemas/results';

const orbital = (site: number, element: string, l: number, m = 0): Orbital => ({ site, element, n: l + 1, l, m });
const oxide = [orbital(0, 'Ti', 2), orbital(0, 'Ti', 0), orbital(1, 'O', 1), orbital(2, 'O', 1), orbital(2, 'O', 0)];

test('orbitals come together by element, by letter, by both, and by site, the heaviest first', () => {
  const groups = (by: Parameters<typeof groupOrbitals>[1]) =>
    groupOrbitals(oxide, by, (members) => members.length).map(({ name, members }) => [name, members.join()]);
  expect(groups('element')).toEqual([
    ['O', '2,3,4'],
    ['Ti', '0,1'],
  ]);
  expect(groups('element-orbital')[0]).toEqual(['O p', '2,3']);
  expect(groups('site').map(([name]) => name)).toEqual(['Ti 1', 'O 3', 'O 2']);
  expect(groups('none')).toEqual([]);
});

test('beyond the colours that everyone tells apart all groups are one', () => {
  const many = Array.from({ length: 9 }, (_, site) => orbital(site, 'Fe', 2));
  const groups = groupOrbitals(many, 'site', () => 1);
  expect(groups).toHaveLength(6);
  expect(groups.at(-1)).toMatchObject({ name: 'others', members: [5, 6, 7, 8] });
});

test('spin down is drawn to the other side, and the total outlines the sum', () => {
  const dos = {
    energiesEv: [0, 1],
    statesPerEv: [
      [3, 4],
      [1, 2],
    ],
    projections: {
      orbitals: oxide.slice(0, 2),
      statesPerEv: [
        [
          [1, 2],
          [2, 2],
        ],
        [
          [1, 1],
          [0, 1],
        ],
      ],
      spilling: 0,
      charges: [],
    },
  } as unknown as DosResult;
  const groups = dosGroups(dos, 'element');
  expect(groupStates(dos, groups[0]!, 0)).toEqual([3, 4]);
  const traces = projectedDosTraces(dos, groups, {
    ...{ zeroEv: 0, style: 'lines', scheme: 'light', axis: {}, hasLegend: true },
  });
  expect(traces.map(({ x }) => x)).toEqual([
    [3, 4],
    [3, 4],
    [-1, -2],
    [-1, -2],
  ]);
});
