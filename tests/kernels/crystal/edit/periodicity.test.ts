import { describe, expect, it } from 'vitest';
import { cellParameters } from '@/kernels/crystal/cell';
import { applyEdit } from '@/kernels/crystal/edit/apply-edit';
import { dot } from '@/kernels/crystal/linear';
import type { Structure } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';
import { triclinic } from '../support';
import { axisLengths, example, expectBadEdit, expectSame, largestDifference, surroundings, water } from './support';

const open = (structure: Structure, periodic: Structure['periodic'], vacuumAngstrom = 10) =>
  applyEdit(structure, { do: 'periodicity', periodic, vacuumAngstrom });
const rightAngles = (structure: Structure) =>
  cellParameters(structure.cellAngstrom!).anglesDegrees.map((angle) => Number(angle.toFixed(6)));

/** Water in a skew cell, cut in two by its walls along all three vectors. */
const cutWater = parseStructure({
  cellAngstrom: [
    [8, 0, 0],
    [1.5, 9, 0],
    [-2, 1, 10],
  ],
  sites: water.sites.map(({ species, position }) => ({ element: species[0]!.element, cartesianAngstrom: position })),
});

describe('a change of periodicity', () => {
  it('gives a molecule a box of its extent and the vacuum, with the molecule in the middle', () => {
    const box = open(water, [false, false, false]);
    expect(axisLengths(box)).toEqual([10, expect.closeTo(11.5144, 10), expect.closeTo(10.5865, 10)]);
    expect(rightAngles(box)).toEqual([90, 90, 90]);
    expect(box.periodic).toEqual([false, false, false]);
    expect(box.sites[0]!.position[0]).toBeCloseTo(0.5, 12);
    expect((box.sites[1]!.position[1] + box.sites[2]!.position[1]) / 2).toBeCloseTo(0.5, 12);
    expect(surroundings(box, 1.6)).toEqual(surroundings(water, 1.6));
    expect(open(water, [true, true, true]).periodic).toEqual([true, true, true]);
  });

  it('joins a molecule that the walls cut', () => {
    const wrapped: Structure = applyEdit(cutWater, {
      do: 'supercell',
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
    expect(new Set(wrapped.sites.map(({ position }) => Math.round(position[2]))).size).toBe(2);
    const box = open(wrapped, [false, false, false]);
    expect(surroundings(box, 1.6)).toEqual(surroundings(water, 1.6));
    expect(rightAngles(box)).toEqual([90, 90, 90]);
    // Along c nothing else was turned: the box is as high as the molecule across a and b.
    expect(Math.max(...axisLengths(box))).toBeLessThan(12);
  });

  it('opens a crystal along one vector, which then stands across the others', () => {
    for (const axis of [0, 1, 2]) {
      const periodic = [0, 1, 2].map((i) => i !== axis) as Structure['periodic'];
      const opened = open(triclinic, periodic, 15);
      const [one, other] = [opened.cellAngstrom![(axis + 1) % 3]!, opened.cellAngstrom![(axis + 2) % 3]!];
      expect(dot(opened.cellAngstrom![axis]!, one)).toBeCloseTo(0, 8);
      expect(dot(opened.cellAngstrom![axis]!, other)).toBeCloseTo(0, 8);
      expect([one, other]).toEqual([triclinic.cellAngstrom![(axis + 1) % 3], triclinic.cellAngstrom![(axis + 2) % 3]]);
      const heights = opened.sites.map(({ position }) => position[axis]! * axisLengths(opened)[axis]!);
      expect(Math.min(...heights)).toBeCloseTo(7.5, 8);
      expect(axisLengths(opened)[axis]! - Math.max(...heights)).toBeCloseTo(7.5, 8);
    }
  });

  it('puts the vacuum between the layers of a layered crystal, wherever the cell begins', () => {
    const sulfide = example('molybdenum-disulfide');
    const shifted: Structure = {
      ...sulfide,
      sites: sulfide.sites.map((site) => ({
        ...site,
        position: [site.position[0], site.position[1], site.position[2] + 0.23],
      })),
    };
    const bonds = surroundings(sulfide, 2.6);
    expect(surroundings(open(sulfide, [true, true, false]), 2.6)).toEqual(bonds);
    expect(surroundings(open(shifted, [true, true, false]), 2.6)).toEqual(bonds);
  });

  it('makes a wire with its two other vectors across it and each other', () => {
    const wire = open(triclinic, [false, true, false]);
    expect(rightAngles(wire)).toEqual([90, 90, 90]);
    expect(wire.cellAngstrom![1]).toEqual(triclinic.cellAngstrom![1]);
  });

  it('makes a ribbon of a layer in the plane of the layer, however the open vector of its cell stands', () => {
    const layer: Structure = {
      ...triclinic,
      cellAngstrom: [
        [4, 0, 0],
        [1, 5, 0],
        [0, 6, 9],
      ],
      periodic: [true, true, false],
    };
    const ribbon = open(layer, [true, false, false]).cellAngstrom!;
    const alongY = ribbon[1].map((x) => x / ribbon[1][1]);
    const alongZ = ribbon[2].map((x) => x / ribbon[2][2]);
    expect(largestDifference([...alongY, ...alongZ], [0, 1, 0, 0, 0, 1])).toBeLessThan(1e-12);
  });

  it('sets the vacuum of a slab anew without cutting it, and makes it periodic again with its cell', () => {
    const slab = open(triclinic, [true, true, false], 15);
    const wider = open(slab, [true, true, false], 25);
    expect(axisLengths(wider)[2] - axisLengths(slab)[2]).toBeCloseTo(10, 8);
    expect(surroundings(wider, 4.5)).toEqual(surroundings(slab, 4.5));
    const again = open(slab, [true, true, true]);
    expectSame(again, { ...slab, periodic: [true, true, true] });
  });

  it('is refused where the cell would be flat', () => {
    expectBadEdit(() => open(water, [false, false, false], 0), /so little vacuum/);
    expectBadEdit(
      () =>
        open(
          {
            ...triclinic,
            cellAngstrom: [
              [1, 0, 0],
              [2, 0, 0],
              [0, 0, 3],
            ],
          },
          [true, true, false],
        ),
      /no volume/,
    );
  });
});
