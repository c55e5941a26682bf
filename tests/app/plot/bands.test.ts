import { describe, expect, test } from 'vitest';
import { bandLines, energiesAbove, energyWindow, statesScale } from '@/app/plot/band-lines';
import {
  bandOrbitalsTable,
  bandsTable,
  dosTable,
  edgeName,
  gapSentence,
  specialPoints,
} from '@/app/plot/electronic-export';
import { electronicFigure } from '@/app/plot/electronic-figure';
import { bandGroups, fatBandTraces } from '@/app/plot/fat-bands';
import { kpointName } from '@/app/plot/kpoint-name';
import { bands, dos } from './silicon';

describe('lines of bands', () => {
  test('lift the pen between bands and at breaks of the path', () => {
    const { distance } = bandLines(bands, 0);
    const once = [0, 1, 2, 3, null, 3, 5, null];
    expect(distance).toEqual([...once, ...once]);
  });
  test('count energies from the zero of the plot', () => {
    const { energyEv } = bandLines(bands, 0);
    expect(energyEv.slice(0, 4)).toEqual([0, -1, -2, -3]);
    expect(Math.max(...energiesAbove(bands))).toBe(2);
  });
  test('say band, place and energy at each point', () => {
    expect(bandLines(bands, 0).hover[1]).toBe('band 1, k = 0.50 Γ–X, −1.00 eV');
    expect(bandLines(bands, 0).hover[8]).toBe('band 2, k = Γ, 2.00 eV');
  });
});

test('a point of the path is named within its own piece', () => {
  expect(kpointName(bands, 4)).toBe('K');
  const shifted = { ...bands, kpoints: bands.kpoints.map((k, i) => (i === 4 ? { ...k, label: null } : k)) };
  // The piece K–Γ lost its first name: the label U of the piece before must not be taken for it.
  expect(kpointName(shifted, 4)).toBe('0.375, 0.375, 0.750');
});

test('the first window shows valence bands and the first of the others, and leaves deep states below', () => {
  expect(energyWindow([-60, -12, 0, 3, 40], 0.6)).toEqual([-16, 7.6]);
  expect(energyWindow([-3, 2], 0.6)).toEqual([-3.6, 2.4]);
});

test('a spike of deep states does not set the scale of the density of states', () => {
  const deep = { ...dos, energiesEv: [-8, ...dos.energiesEv], statesPerEv: [[110, ...dos.statesPerEv[0]!]] };
  expect(statesScale(deep, 6, [-16, 7])).toBe(3);
  expect(statesScale(dos, 6, [-16, 1.5])).toBe(2);
  // Where nothing else is shown, the spike is the plot.
  expect(statesScale({ ...deep, statesPerEv: [[110, 0, 0, 0, 0, 0, 0]] }, 6, [-16, 7])).toBe(110);
});

describe('the figure', () => {
  const { data, layout } = electronicFigure({ bands, dos }, 'light');
  const axis = (name: string) => layout[name] as Record<string, unknown>;
  test('sets bands and density of states on one energy axis', () => {
    expect(data).toHaveLength(2);
    expect(data.every((trace) => trace['yaxis'] === undefined)).toBe(true);
    expect(data[1]!['xaxis']).toBe('x2');
    expect(data[1]!['y']).toEqual([-3, -2, -1, 0, 1, 2]);
  });
  test('labels the path with Greek letters and joined breaks', () => {
    expect(axis('xaxis')['ticktext']).toEqual(['Γ', 'X', 'U|K', 'Γ']);
    expect(axis('xaxis')['tickvals']).toEqual([0, 2, 3, 5]);
  });
  test('names the zero of its axis', () => {
    expect(axis('yaxis')['title']).toMatchObject({ text: expect.stringContaining('VBM') });
    const metal = electronicFigure({ dos: { ...dos, zero: 'fermi' } }, 'dark').layout['yaxis'];
    expect(metal).toMatchObject({ title: { text: expect.stringContaining('<sub>F</sub>') } });
  });
});

describe('tables', () => {
  test('hold every band at every k-point, as computed', () => {
    const { header, rows } = bandsTable(bands);
    expect(header.slice(-2)).toEqual(['band 1 (eV)', 'band 2 (eV)']);
    expect(rows[1]).toEqual([null, 1, 0.25, 0, 0.25, 5, 7]);
  });
  test('hold density and integral at every energy', () => {
    expect(dosTable(dos).rows[2]).toEqual([5, 2, 3.5]);
  });
  test('list the special points, both sides of a break', () => {
    expect(specialPoints(bands).map(({ name }) => name)).toEqual(['Γ', 'X', 'U', 'K', 'Γ']);
  });
});

test('the gap is told with its kind and where its edges are', () => {
  expect(edgeName(bands.gap.conduction, bands)).toBe('(0.425, 0, 0.425)');
  expect(gapSentence(bands.gap, bands)).toBe('indirect, 0.60\u00a0eV from Γ to (0.425, 0, 0.425)');
  const onPath = { ...bands.gap.conduction!, fractional: [0.25, 0, 0.25] as [number, number, number] };
  expect(edgeName(onPath, bands)).toBe('0.50 Γ–X');
  expect(edgeName(onPath, null)).toBe('(0.25, 0, 0.25)');
  expect(gapSentence({ ...bands.gap, kind: 'metal' }, bands)).toContain('no gap');
});

describe('fat bands', () => {
  const orbital = (element: string, l: number) => ({ site: 0, element, n: 3, l, m: 0 });
  const fat = {
    ...bands,
    projections: {
      orbitals: [orbital('Si', 0), orbital('Si', 1)],
      // A quarter s and half p everywhere: a quarter of every state is in no orbital.
      weights: [bands.energiesEv[0]!.map((energies) => energies.map(() => [0.25, 0.5]))],
    },
  };
  const groups = bandGroups(fat, 'orbital');
  const look = { zeroEv: 6, widthEv: 0.4, scheme: 'light' as const, hasSpins: false };

  test('are ribbons side by side about the band, each as wide as its share', () => {
    const [p, s] = fatBandTraces(fat, groups, look).map(({ y }) => y as (number | null)[]);
    expect(groups.map(({ name }) => name)).toEqual(['p', 's']);
    // The first band starts at 0 eV: 0.3 eV for three quarters, from the lower edge upwards.
    expect([p![7], p![0], s![7], s![0]]).toEqual([-0.15, 0.05, 0.05, 0.15].map((x) => expect.closeTo(x, 9)));
    // Two runs of the path for each of two bands, closed and lifted.
    expect(p!.filter((value) => value === null)).toHaveLength(4);
  });

  test('tell what a state is made of where the pointer is, the largest share first', () => {
    const { data } = electronicFigure(
      { bands: fat, choice: { grouping: 'orbital', style: 'lines', spin: 'both' } },
      'light',
    );
    const hovers = data.flatMap(({ text }) => (text as string[] | undefined) ?? []);
    expect(hovers[0]).toBe('band 1, k = Γ, 0.00 eV, p 50 %, s 25 %');
  });

  test('are a table of one row a state, with every orbital', () => {
    const { header, rows } = bandOrbitalsTable(fat);
    expect(header.slice(5)).toEqual(['spin', 'band', 'energy (eV)', 'Si 1 3s m0', 'Si 1 3p m0']);
    expect(rows).toHaveLength(12);
    expect(rows[3]).toEqual([null, 1, 0.25, 0, 0.25, 1, 2, 7, 0.25, 0.5]);
  });
});
