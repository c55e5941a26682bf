import type { Matrix3, Structure, Vector3 } from '@/kernels/crystal/schema';
import { drawnAtoms, drawnElements, drawnRadius, type HiddenElements, NONE_HIDDEN, toCartesian } from './view-geometry';

export interface Projection {
  /** x, y, width, height in angstrom. */
  viewBox: [number, number, number, number];
  edges: { from: [number, number]; to: [number, number] }[];
  bonds: { from: [number, number]; to: [number, number] }[];
  /** Far ones first, so that near ones cover them. */
  atoms: { x: number; y: number; radius: number; color: string; element: string; site: number }[];
}

/** Seen from the front, a little from above and the right: a across, c up. */
const VIEW: { right: Vector3; up: Vector3; towards: Vector3 } = (() => {
  const towards = unit([0.42, -1, 0.32]);
  const right = unit([-towards[1], towards[0], 0]);
  const up = cross(towards, right);
  return { right, up, towards };
})();
const BOND_TOLERANCE = 1.15;
const BONDED_ATOMS_MAX = 400;

/** A drawing without WebGL: parallel projection of one cell with its edges and bonds. */
export function projectStructure(structure: Structure, hidden: HiddenElements = NONE_HIDDEN): Projection {
  const drawn = drawnAtoms(structure, [1, 1, 1]).filter(({ element }) => !hidden.has(element));
  const colors = new Map(drawnElements(structure).map(({ element, color }) => [element, color]));
  const atoms = drawn
    .map(({ element, cartesianAngstrom: at, site }) => ({
      ...toScreen(at),
      depth: dot(at, VIEW.towards),
      radius: 0.42 * drawnRadius(element),
      color: colors.get(element)!,
      ...{ element, site },
    }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ depth: _, ...atom }) => atom);
  const edges = structure.cellAngstrom ? cellEdges(structure.cellAngstrom) : [];
  const points = [...atoms, ...edges.flatMap(({ from, to }) => [from, to].map(([x, y]) => ({ x, y, radius: 0 })))];
  const bonds = drawn.length <= BONDED_ATOMS_MAX ? findBonds(drawn) : [];
  return { viewBox: boundsOf(points), edges, bonds, atoms };
}

function findBonds(atoms: ReturnType<typeof drawnAtoms>): Projection['bonds'] {
  const bonds: Projection['bonds'] = [];
  for (const [i, a] of atoms.entries())
    for (const b of atoms.slice(i + 1)) {
      const reach = BOND_TOLERANCE * (drawnRadius(a.element) + drawnRadius(b.element));
      const apart = a.cartesianAngstrom.map((x, k) => x - b.cartesianAngstrom[k]!) as Vector3;
      if (dot(apart, apart) < reach ** 2)
        bonds.push({ from: pair(a.cartesianAngstrom), to: pair(b.cartesianAngstrom) });
    }
  return bonds;
}

function cellEdges(cell: Matrix3): Projection['edges'] {
  const corner = (n: number): Vector3 => [n & 1, (n >> 1) & 1, (n >> 2) & 1];
  return Array.from({ length: 8 }, (_, n) => n).flatMap((n) =>
    [1, 2, 4]
      .filter((bit) => (n & bit) === 0)
      .map((bit) => ({ from: pair(toCartesian(corner(n), cell)), to: pair(toCartesian(corner(n | bit), cell)) })),
  );
}

function boundsOf(points: { x: number; y: number; radius: number }[]): Projection['viewBox'] {
  const margin = 0.4;
  const left = Math.min(...points.map(({ x, radius }) => x - radius)) - margin;
  const top = Math.min(...points.map(({ y, radius }) => y - radius)) - margin;
  const right = Math.max(...points.map(({ x, radius }) => x + radius)) + margin;
  const bottom = Math.max(...points.map(({ y, radius }) => y + radius)) + margin;
  return [left, top, right - left, bottom - top];
}

/** Screen y points down. */
const toScreen = (at: Vector3) => ({ x: dot(at, VIEW.right), y: -dot(at, VIEW.up) });
const pair = (at: Vector3): [number, number] => [toScreen(at).x, toScreen(at).y];

function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: Vector3): Vector3 {
  const length = Math.hypot(...a);
  return a.map((x) => x / length) as Vector3;
}
