import { expect, test } from 'vitest';
import { closeField, parseCube } from '@/app/structure/parse-cube';
import { trajectoryFrames } from '@/app/structure/trajectory-frames';
import type { Matrix3, Vector3 } from '@/kernels/crystal/schema';
import { parseStructure } from '@/kernels/crystal/structure';
import { writeCube } from '@/kernels/planewave/state/cube';

const cell: Matrix3 = [
  [4, 0, 0],
  [0, 4, 0],
  [0, 0, 4],
];
const at = (x: number): { cellAngstrom: Matrix3; fractional: Vector3[] } => ({
  cellAngstrom: cell,
  fractional: [
    [0, 0, 0],
    [x, 0.5, 0.5],
  ],
});
const structure = parseStructure({
  cellAngstrom: cell,
  sites: [
    { element: 'Cs', fractional: [0, 0, 0] },
    { element: 'Cl', fractional: [0.5, 0.5, 0.5] },
  ],
});

test('every frame shows the same images, and an atom that crosses the border of the cell does not jump', () => {
  const frames = trajectoryFrames(structure, [at(0.98), at(0.99), at(0.01)], 1);
  expect(frames.map(({ atoms }) => atoms.length)).toEqual([10, 10, 10].map(() => frames[2]!.atoms.length));
  const chlorine = frames.map(({ atoms }) => atoms.find(({ site }) => site === 1)!.cartesianAngstrom[0]);
  expect(Math.max(...chlorine) - Math.min(...chlorine)).toBeCloseTo(0.12, 9);
});

test('displacements are drawn larger from where they end', () => {
  const place = (factor: number) =>
    trajectoryFrames(structure, [at(0.52), at(0.5)], factor).map(
      ({ atoms }) => atoms.find(({ site }) => site === 1)!.cartesianAngstrom[0],
    );
  expect(place(1)).toEqual([expect.closeTo(2.08), 2]);
  expect(place(5)).toEqual([expect.closeTo(2.4), 2]);
});

test('a cube file that the engine wrote comes back with its grid, cell and values, and is closed at its far faces', () => {
  const values = Float64Array.from({ length: 24 }, (_, i) => i / 8);
  const text = [...writeCube({ title: 't', remark: 'r', cell, grid: [2, 3, 4], atoms: [], values })].join('');
  const field = parseCube(text);
  expect(field.grid).toEqual([2, 3, 4]);
  expect([...field.values]).toEqual([...values]);
  expect(field.cellAngstrom[0][0]).toBeCloseTo(4 * 0.529177, 4);
  const closed = closeField(field);
  expect(closed.grid).toEqual([3, 4, 5]);
  expect(closed.values[4]).toBe(values[0]);
  expect(closed.values.at(-1)).toBe(values[0]);
  expect(() => parseCube('no cube\nat all\n')).toThrow();
});
