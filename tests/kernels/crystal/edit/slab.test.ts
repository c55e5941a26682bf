import { describe, expect, it } from 'vitest';
import { cellParameters, cellVolume, reciprocalCell } from '@/kernels/crystal/cell';
import { applyEdit } from '@/kernels/crystal/edit/apply-edit';
import { latticePlane, latticePlaneRows } from '@/kernels/crystal/edit/lattice-plane';
import { terminationsOf } from '@/kernels/crystal/edit/terminations';
import { cross, determinant, multiply, norm, rowTimesMatrix } from '@/kernels/crystal/linear';
import { neighbourList } from '@/kernels/crystal/neighbours';
import type { Structure, Vector3 } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';
import { diamond, inCell, rockSalt, triclinic, wurtzite } from '../support';
import { axisLengths, cubicAluminium, example, expectBadEdit, surroundings, water } from './support';

const cut = (structure: Structure, miller: Vector3, layers: number, termination = 0, vacuumAngstrom = 12) =>
  applyEdit(structure, { do: 'slab', miller, layers, vacuumAngstrom, termination });

/** Rows of the cubic cell in units of the primitive vectors of fcc. */
const cubicSilicon = inCell(diamond, [
  [-1, 1, 1],
  [1, -1, 1],
  [1, 1, -1],
]);
const cubicRockSalt = inCell(rockSalt, [
  [-1, 1, 1],
  [1, -1, 1],
  [1, 1, -1],
]);
const rutile = example('rutile');

interface Case {
  name: string;
  crystal: Structure;
  miller: Vector3;
  cutoff: number;
  /** Of cells that are not primitive: how many primitive ones they hold, and the distance of the primitive lattice's planes by the textbook, angstrom. */
  centred?: { copies: number; spacing: number };
}
const cases: Case[] = [
  {
    name: 'Al (1 1 1)',
    crystal: cubicAluminium,
    miller: [1, 1, 1],
    cutoff: 4.2,
    centred: { copies: 4, spacing: 4.05 / Math.sqrt(3) },
  },
  {
    name: 'Al (1 0 0)',
    crystal: cubicAluminium,
    miller: [1, 0, 0],
    cutoff: 4.2,
    centred: { copies: 4, spacing: 4.05 / 2 },
  },
  {
    name: 'Si (1 1 1)',
    crystal: cubicSilicon,
    miller: [1, 1, 1],
    cutoff: 4,
    centred: { copies: 4, spacing: 5.431 / Math.sqrt(3) },
  },
  {
    name: 'Si (1 0 0)',
    crystal: cubicSilicon,
    miller: [1, 0, 0],
    cutoff: 4,
    centred: { copies: 4, spacing: 5.431 / 2 },
  },
  {
    name: 'Si (1 1 0)',
    crystal: cubicSilicon,
    miller: [1, 1, 0],
    cutoff: 4,
    centred: { copies: 4, spacing: 5.431 / Math.sqrt(8) },
  },
  { name: 'Si (1 1 1) of the primitive cell', crystal: diamond, miller: [1, 1, 1], cutoff: 4 },
  { name: 'GaAs (-1 1 0)', crystal: example('gallium-arsenide'), miller: [-1, 1, 0], cutoff: 4.1 },
  {
    name: 'NaCl (1 1 1)',
    crystal: cubicRockSalt,
    miller: [1, 1, 1],
    cutoff: 4.1,
    centred: { copies: 4, spacing: 5.64 / Math.sqrt(3) },
  },
  {
    name: 'NaCl (-2 1 0)',
    crystal: cubicRockSalt,
    miller: [-2, 1, 0],
    cutoff: 4.1,
    centred: { copies: 4, spacing: 5.64 / Math.sqrt(20) },
  },
  { name: 'TiO2 (1 1 0)', crystal: rutile, miller: [1, 1, 0], cutoff: 3 },
  { name: 'GaN (1 0 -1)', crystal: wurtzite, miller: [1, 0, -1], cutoff: 3.3 },
  { name: 'triclinic (2 -1 3)', crystal: triclinic, miller: [2, -1, 3], cutoff: 4.5 },
  { name: 'triclinic (0 0 -1)', crystal: triclinic, miller: [0, 0, -1], cutoff: 5.5 },
  {
    name: 'left-handed triclinic (1 2 -1)',
    crystal: inCell(triclinic, [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]),
    miller: [1, 2, -1],
    cutoff: 4.5,
  },
];

describe.each(cases)('the slab $name', ({ crystal, miller, cutoff, centred }) => {
  const cell = crystal.cellAngstrom!;
  const plane = latticePlane(cell, miller);
  const { copies, spacing } = centred ?? { copies: 1, spacing: plane.spacingAngstrom };
  const sitesEach = crystal.sites.length / copies;
  // As many layers as reach four cutoffs, so that the middle sees no surface.
  const layers = Math.ceil((4 * cutoff) / spacing);
  const slab = cut(crystal, miller, layers);
  const [a, b, c] = slab.cellAngstrom!;

  it('has the area of its primitive cell over the distance of the planes, its cell along x, in xy and along z', () => {
    const lengthOfG = norm(rowTimesMatrix(miller, reciprocalCell(cell)));
    if (!centred) expect((spacing * lengthOfG) / (2 * Math.PI)).toBeCloseTo(1, 10);
    expect((norm(cross(a, b)) * spacing * copies) / cellVolume(cell)).toBeCloseTo(1, 10);
    expect([a[1], a[2], b[2], c[0], c[1]]).toEqual([0, 0, 0, 0, 0]);
    expect(Math.min(a[0], b[1], c[2])).toBeGreaterThan(0);
    expect(slab.periodic).toEqual([true, true, false]);
  });

  it('has the shortest vectors of its plane at 90 to 120 degrees', () => {
    const rows = latticePlaneRows(cell, plane);
    expect(Math.abs(determinant(rows))).toBe(1);
    expect(rows.map((row) => row[0] * miller[0] + row[1] * miller[1] + row[2] * miller[2])).toEqual([0, 0, 1]);
    const [u, v] = multiply(rows, cell);
    const lengths: number[] = [];
    for (let m = -4; m <= 4; m++)
      for (let n = -4; n <= 4; n++) if (m || n) lengths.push(norm(u.map((x, i) => m * x + n * v[i]!) as Vector3));
    const shortest = lengths.sort((p, q) => p - q)[0]!;
    expect(Math.min(norm(u), norm(v))).toBeCloseTo(shortest, 8);
    const gamma = cellParameters(slab.cellAngstrom!).anglesDegrees[2];
    expect(gamma).toBeGreaterThan(90 - 1e-6);
    expect(gamma).toBeLessThan(120 + 1e-6);
  });

  it('lies in the middle with the vacuum around', () => {
    const heights = slab.sites.map(({ position }) => position[2] * c[2]);
    const [low, high] = [Math.min(...heights), Math.max(...heights)];
    expect(low).toBeCloseTo(6, 8);
    expect(c[2] - high).toBeCloseTo(6, 8);
    expect(slab.sites).toHaveLength(layers * sitesEach);
  });

  it('has distances of the bulk only, and those of the bulk in the middle', () => {
    const bulk = surroundings(crystal, cutoff);
    const kinds = new Set(bulk);
    const distances = new Set(bulk.flatMap((around) => around.split(': ')[1]!.split(', ')));
    const found = surroundings(slab, cutoff);
    for (const around of found)
      for (const distance of around.split(': ')[1]!.split(', ')) if (distance) expect(distances).toContain(distance);
    const isInside = slab.sites.map(
      ({ position }) => position[2] * c[2] > 6 + cutoff && position[2] * c[2] < c[2] - 6 - cutoff,
    );
    const inside = found.filter((_, i) => isInside[i]);
    expect(inside.length).toBeGreaterThanOrEqual(sitesEach);
    for (const around of inside) expect(kinds).toContain(around);
    // Somewhere a bond is cut.
    expect(found.some((around) => !kinds.has(around))).toBe(true);
  });
});

describe('a slab', () => {
  it('of Si (1 1 1), (1 0 0) and (1 1 0) has the surface cells of the textbook', () => {
    const a = 5.431;
    const primitive: [Vector3, number, number, number][] = [
      [[1, 1, 1], a / Math.SQRT2, a / Math.SQRT2, 120],
      // (0 1 1) of the primitive vectors is (1 0 0) of the cube, (1 -1 0) is (-1 1 0).
      [[0, 1, 1], a / Math.SQRT2, a / Math.SQRT2, 90],
      [[1, -1, 0], a / Math.SQRT2, a, 90],
    ];
    for (const [miller, first, second, gamma] of primitive) {
      const slab = cut(diamond, miller, 3);
      expect(axisLengths(slab)[0]).toBeCloseTo(first, 8);
      expect(axisLengths(slab)[1]).toBeCloseTo(second, 8);
      expect(cellParameters(slab.cellAngstrom!).anglesDegrees[2]).toBeCloseTo(gamma, 8);
    }
    // The same with the indices and the cell of the cube: a cell that is not primitive makes no larger surface.
    const cubic: [Vector3, Vector3][] = [
      [[1, 1, 1], primitive[0]![0]],
      [[1, 0, 0], primitive[1]![0]],
      [[-1, 1, 0], primitive[2]![0]],
    ];
    for (const [inCube, inPrimitive] of cubic) {
      const [one, other] = [cut(cubicSilicon, inCube, 3), cut(diamond, inPrimitive, 3)];
      expect(one.sites).toHaveLength(6);
      for (const axis of [0, 1, 2]) expect(axisLengths(one)[axis]).toBeCloseTo(axisLengths(other)[axis]!, 8);
    }
  });

  it('keeps sublattices that labels or moments tell apart', () => {
    const label = (sites: number[]) => applyEdit(cubicAluminium, { do: 'label', sites, label: 'up' });
    expect(cut(label([0, 1, 2, 3]), [0, 0, 1], 2).sites).toHaveLength(2);
    // Two of the four: planes along c that differ, and a cell of two atoms.
    const layered = cut(label([0, 3]), [0, 0, 1], 2);
    expect(layered.sites).toHaveLength(4);
    expect(layered.sites.filter((site) => site.label === 'up')).toHaveLength(2);
  });

  it('has an angle of 90 to 120 degrees on all planes of low indices', () => {
    for (let h = -3; h <= 3; h++)
      for (let k = -3; k <= 3; k++)
        for (let l = -3; l <= 3; l++) {
          if (h === 0 && k === 0 && l === 0) continue;
          const gamma = cellParameters(cut(triclinic, [h, k, l], 1).cellAngstrom!).anglesDegrees[2];
          expect(gamma).toBeGreaterThan(90 - 1e-6);
          expect(gamma).toBeLessThan(120 + 1e-6);
        }
  });

  it('takes common divisors out of the Miller indices', () => {
    expect(cut(triclinic, [4, -2, 6], 2)).toEqual(cut(triclinic, [2, -1, 3], 2));
    expect(cut(cubicSilicon, [0, 0, -3], 2)).toEqual(cut(cubicSilicon, [0, 0, -1], 2));
  });

  it('is the same crystal and not its mirror image, whichever hand the cell has', () => {
    const swapped = inCell(chiral, [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(determinant(swapped.cellAngstrom!)).toBeLessThan(0);
    const [bulk] = handedVolumes(chiral);
    expect(Math.abs(bulk!)).toBeGreaterThan(1);
    const millers: Vector3[] = [
      [0, 0, 1],
      [0, 0, -1],
      [1, -2, 3],
      [-1, 1, 0],
    ];
    for (const crystal of [chiral, swapped])
      for (const miller of millers)
        for (const volume of handedVolumes(cut(crystal, miller, 2))) expect(volume).toBeCloseTo(bulk!, 6);
  });

  it('looks the other way with the indices negated: other faces, same thickness', () => {
    const [up, down] = [cut(rockSalt, [1, 1, 1], 3), cut(rockSalt, [-1, -1, -1], 3)];
    expect(up.cellAngstrom![2]![2]).toBeCloseTo(down.cellAngstrom![2]![2], 10);
    const tops = (miller: Vector3) =>
      terminationsOf(rockSalt, miller)
        .map(({ outermostPlane }) => outermostPlane)
        .sort();
    expect(tops([1, 1, 1])).toEqual(tops([-1, -1, -1]));
  });

  it('of rock salt (1 1 1) ends with Na or with Cl, as its terminations say', () => {
    for (const crystal of [rockSalt, cubicRockSalt]) {
      const terminations = terminationsOf(crystal, [1, 1, 1]);
      expect(terminations).toHaveLength(2);
      const planes = terminations.map((termination, i) => {
        const top = topElement(cut(crystal, [1, 1, 1], 2, i));
        expect(termination.outermostPlane.startsWith(`${top} `)).toBe(true);
        expect(termination.gapAngstrom).toBeCloseTo(5.64 / Math.sqrt(3) / 2, 8);
        return top;
      });
      expect(planes.sort()).toEqual(['Cl', 'Na']);
    }
  });

  it('of rock salt (1 0 0) has one termination, of silicon two: between and within the double planes', () => {
    expect(terminationsOf(cubicRockSalt, [0, 0, 1]).map((t) => t.outermostPlane)).toEqual(['Cl 1 Na 1']);
    expect(terminationsOf(diamond, [1, 1, 1]).map((t) => Number((t.gapAngstrom / 5.431).toFixed(4)))).toEqual([
      0.433, 0.1443,
    ]);
    expect(terminationsOf(cubicAluminium, [1, 1, 1])).toHaveLength(1);
    // The planes at 0 and 1/2 are one by a translation; 1/4 needs a screw.
    expect(terminationsOf(cubicSilicon, [1, 0, 0])).toHaveLength(2);
  });

  it('of rutile (1 1 0) has three terminations, of which one cuts between the bridging oxygens', () => {
    const terminations = terminationsOf(rutile, [1, 1, 0]);
    expect(terminations.map((t) => t.outermostPlane).sort()).toEqual(['O 1', 'O 1', 'O 2 Ti 2']);
    terminations.forEach(({ outermostPlane }, i) => {
      const slab = cut(rutile, [1, 1, 0], 3, i);
      const top = Math.max(...slab.sites.map(({ position }) => position[2]));
      const plane = slab.sites.filter(({ position }) => (top - position[2]) * slab.cellAngstrom![2]![2] < 0.1);
      expect(plane).toHaveLength(outermostPlane === 'O 1' ? 1 : 4);
    });
    // Both faces of the stoichiometric slab are the same: its atoms lie symmetrically about the middle.
    const narrow = terminations.findIndex((t) => t.gapAngstrom < 1);
    const heights = cut(rutile, [1, 1, 0], 3, narrow).sites.map(({ position }) => position[2] - 0.5);
    expect(heights.reduce((sum, z) => sum + z ** 3, 0)).toBeCloseTo(0, 8);
  });

  it('of a layered crystal comes apart between its layers', () => {
    const graphite = example('graphite');
    expect(terminationsOf(graphite, [0, 0, 1])[0]!.gapAngstrom).toBeCloseTo(axisLengths(graphite)[2] / 2, 8);
    const sulfide = example('molybdenum-disulfide');
    expect(terminationsOf(sulfide, [0, 0, 1])[0]!.outermostPlane).toBe('S 1');
    const layer = cut(sulfide, [0, 0, 1], 1);
    expect(surroundings(layer, 2.6).filter((around) => around.startsWith('Mo'))).toEqual(
      surroundings(sulfide, 2.6).filter((around) => around.startsWith('Mo')),
    );
  });

  it('takes planes within 0.1 angstrom for one', () => {
    const shifted = (z: number): Structure => ({
      ...rockSalt,
      sites: [rockSalt.sites[0]!, { ...rockSalt.sites[1]!, position: [0.5 + z, 0.5 + z, 0.5 + z] }],
    });
    const spacing = 5.64 / Math.sqrt(3);
    // Na at 0 and Cl at 3/2 of the distance; Cl comes to 1 plus or minus a little.
    expect(terminationsOf(shifted((0.09 / spacing - 0.5) / 3), [1, 1, 1])).toHaveLength(1);
    expect(terminationsOf(shifted((0.11 / spacing - 0.5) / 3), [1, 1, 1])).toHaveLength(2);
  });

  it('knows translations in a supercell, and that a foreign atom ends them', () => {
    const large = applyEdit(cubicAluminium, {
      do: 'supercell',
      matrix: [
        [2, 0, 0],
        [0, 2, 0],
        [0, 0, 7],
      ],
    });
    expect(terminationsOf(large, [0, 0, 1])).toHaveLength(1);
    const foreign = applyEdit(large, { do: 'replace', sites: [0], element: 'Cu' });
    expect(terminationsOf(foreign, [0, 0, 1])).toHaveLength(14);
  });

  it('tells planes apart that other elements follow', () => {
    const double = applyEdit(cubicAluminium, {
      do: 'supercell',
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 2],
      ],
    });
    const upper = double.sites.flatMap(({ position }, i) => (position[2] > 0.4 ? [i] : []));
    const layered = applyEdit(double, { do: 'replace', sites: upper, element: 'Cu' });
    expect(terminationsOf(double, [0, 0, 1])).toHaveLength(1);
    expect(terminationsOf(layered, [0, 0, 1]).map(({ outermostPlane }) => outermostPlane)).toEqual([
      'Al 1',
      'Al 1',
      'Cu 1',
      'Cu 1',
    ]);
  });

  it('is refused where it cannot be cut', () => {
    expectBadEdit(() => cut(rockSalt, [0, 0, 0], 1), /\(0 0 0\) name no plane/);
    expectBadEdit(() => cut(rockSalt, [1, 1, 1], 2, 2), /has 2 terminations, counted from 0/);
    expectBadEdit(() => cut({ ...rockSalt, periodic: [true, true, false] }, [1, 0, 0], 1), /not periodic along c/);
    expectBadEdit(() => cut(water, [1, 0, 0], 1), /no cell/);
    expectBadEdit(() => cut(cubicAluminium, [1, 0, 0], 24_000), /24000 atoms/);
    expectBadEdit(() => cut(example('copper'), [1, 1, 1], 1, 0, 0), /so little vacuum/);
    expectBadEdit(() => cut(rockSalt, [101, 1, 0], 1), /too high/);
  });
});

/** Bromochlorofluoromethane in a skew cell. */
const chiral = parseStructure({
  cellAngstrom: [
    [6, 0.2, 0.4],
    [-0.7, 6.6, 0.5],
    [0.8, -0.4, 7.1],
  ],
  sites: [
    { element: 'C', cartesianAngstrom: [3, 3, 3] },
    { element: 'H', cartesianAngstrom: [3.6, 3.6, 3.6] },
    { element: 'F', cartesianAngstrom: [2.2, 2.2, 3.8] },
    { element: 'Cl', cartesianAngstrom: [2, 4, 2] },
    { element: 'Br', cartesianAngstrom: [4.1, 1.9, 1.9] },
  ],
});

/** For each carbon with all its neighbours the volume of its vectors to H, F and Cl, which a mirror would negate. */
function handedVolumes(structure: Structure): number[] {
  const { offsets, second, displacementsAngstrom } = neighbourList(structure, 2);
  const volumes = structure.sites.flatMap(({ species }, i) => {
    if (species[0]!.element !== 'C') return [];
    const vectors = new Map<string, Vector3>();
    for (let p = offsets[i]!; p < offsets[i + 1]!; p++) {
      const vector = displacementsAngstrom.slice(3 * p, 3 * p + 3);
      vectors.set(structure.sites[second[p]!]!.species[0]!.element, [...vector] as Vector3);
    }
    const three = ['H', 'F', 'Cl'].map((element) => vectors.get(element));
    return three.includes(undefined) ? [] : [determinant(three as [Vector3, Vector3, Vector3])];
  });
  expect(volumes.length).toBeGreaterThan(0);
  return volumes;
}

function topElement(slab: Structure): string {
  const top = slab.sites.reduce((highest, site) => (site.position[2] > highest.position[2] ? site : highest));
  return top.species[0]!.element;
}
