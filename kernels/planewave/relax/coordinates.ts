import { createLattice, dot, type Matrix3, type Vector3 } from '../basis/lattice';
import type { System } from '../system';
import { type Tensor, zeroTensor } from '../terms/tensor';

/** What may move, and how. */
export interface Freedom {
  /** [site][cartesian axis]: keeps its place. */
  fixed: [boolean, boolean, boolean][];
  cell: 'fixed' | 'full' | 'volume';
  /** Cell vectors that keep length and direction. */
  fixedCellAxes: readonly [boolean, boolean, boolean];
}

/**
 * The coordinates of a relaxation: places u = s A_0 of all atoms in the cell A_0 of the run's start (s fractional, bohr), then, where the
 * cell is free, nine components of the symmetric strain times a length L; the cell is A_0 (1 + strain).
 */
export interface Coordinates {
  start: System;
  freedom: Freedom;
  lengthBohr: number;
}

export function createCoordinates(start: System, freedom: Freedom): Coordinates {
  return { start, freedom, lengthBohr: Math.cbrt(start.lattice.volume) };
}

const hasCell = ({ freedom }: Coordinates) => freedom.cell !== 'fixed';

export function toCoordinates(coordinates: Coordinates): number[] {
  const { start } = coordinates;
  const places = start.positions.flatMap((s) => timesRows(s, start.lattice.vectors));
  return hasCell(coordinates) ? [...places, ...new Array(9).fill(0)] : places;
}

/** The system at these coordinates, with the plane waves of the start. */
export function toSystem(coordinates: Coordinates, x: readonly number[]): System {
  const { start } = coordinates;
  const { reciprocal } = start.lattice;
  const positions = start.positions.map((_, atom) => {
    const u = x.slice(3 * atom, 3 * atom + 3) as Vector3;
    return reciprocal.map((b) => dot(u, b) / (2 * Math.PI)) as Vector3;
  });
  if (!hasCell(coordinates)) return { ...start, positions };
  const deformation = deformationOf(coordinates, x);
  const vectors = start.lattice.vectors.map((a) => timesRows(a, deformation)) as Matrix3;
  return { ...start, positions, lattice: createLattice(vectors) };
}

/**
 * The gradient of the enthalpy: -(1 + strain) force for places; for strain, volume (1 + strain)^-1 (stress + pressure) made symmetric, over L,
 * within what the cell may do.
 * @param stress (1/volume) dE/dstrain, Ha/bohr^3
 */
export function toGradient(
  coordinates: Coordinates,
  x: readonly number[],
  forces: readonly Vector3[],
  stress: Tensor | null,
  pressure: number,
): number[] {
  const { freedom, lengthBohr } = coordinates;
  const deformation = hasCell(coordinates) ? deformationOf(coordinates, x) : IDENTITY;
  const places = forces.flatMap((force, atom) =>
    timesRows(force, deformation).map((g, axis) => (freedom.fixed[atom]![axis] ? 0 : -g)),
  );
  if (!hasCell(coordinates)) return places;
  const { volume } = toSystem(coordinates, x).lattice;
  const excess = stressOnFreedom(coordinates, x, stress!, pressure);
  const strain = allowedStrain(freedom, coordinates.start.lattice.vectors, excess);
  return [...places, ...strain.flat().map((g) => (volume * g) / lengthBohr)];
}

/** (1 + strain)^-1 (stress + pressure), symmetric. */
function stressOnFreedom(coordinates: Coordinates, x: readonly number[], stress: Tensor, pressure: number): Tensor {
  const inverse = invert(deformationOf(coordinates, x));
  const out = zeroTensor();
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++)
      for (let c = 0; c < 3; c++) out[a]![b]! += inverse[a]![c]! * (stress[c]![b]! + (c === b ? pressure : 0));
  return out.map((row, a) => row.map((value, b) => (value + out[b]![a]!) / 2)) as Tensor;
}

/** The part of a symmetric tensor that the cell may follow: isotropic, or without what would change a fixed vector (strain c = 0). */
export function allowedStrain(
  { cell, fixedCellAxes }: Pick<Freedom, 'cell' | 'fixedCellAxes'>,
  vectors: Matrix3,
  tensor: Tensor,
): Tensor {
  if (cell === 'volume') {
    const mean = (tensor[0][0] + tensor[1][1] + tensor[2][2]) / 3;
    return IDENTITY.map((row) => row.map((x) => x * mean)) as Tensor;
  }
  const kept = orthonormal(vectors.filter((_, i) => fixedCellAxes[i]));
  const P = IDENTITY.map((row, a) => row.map((x, b) => x - kept.reduce((sum, v) => sum + v[a]! * v[b]!, 0))) as Tensor;
  const out = zeroTensor();
  for (let a = 0; a < 3; a++)
    for (let b = 0; b < 3; b++)
      for (let c = 0; c < 3; c++) for (let d = 0; d < 3; d++) out[a]![b]! += P[a]![c]! * tensor[c]![d]! * P[d]![b]!;
  return out;
}

/** The largest way of an atom or of a cell's corner, bohr. */
export function stepLength(coordinates: Coordinates, step: readonly number[]): number {
  const atoms = coordinates.start.positions.map((_, i) => Math.hypot(...step.slice(3 * i, 3 * i + 3)));
  const cell = step.slice(3 * coordinates.start.positions.length).map(Math.abs);
  return Math.max(...atoms, ...cell, 0);
}

/** Ha/bohr^2 of an atom's typical bond, Ha/bohr^3 of a typical elastic constant (150 GPa). */
const ATOM_STIFFNESS = 0.2;
const ELASTIC_CONSTANT = 0.005;

/** A first model of the second derivatives: a typical solid, isotropic, so that symmetry stays. */
export function firstHessian(coordinates: Coordinates): number[] {
  const { start, lengthBohr } = coordinates;
  const atoms = 3 * start.positions.length;
  const n = atoms + (hasCell(coordinates) ? 9 : 0);
  const hessian = new Array<number>(n * n).fill(0);
  const cell = (start.lattice.volume * ELASTIC_CONSTANT) / lengthBohr ** 2;
  for (let i = 0; i < n; i++) hessian[i * n + i] = i < atoms ? ATOM_STIFFNESS : cell;
  return hessian;
}

const IDENTITY: Tensor = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

function deformationOf({ start, lengthBohr }: Coordinates, x: readonly number[]): Tensor {
  const strain = x.slice(3 * start.positions.length);
  return IDENTITY.map((row, a) => row.map((one, b) => one + strain[3 * a + b]! / lengthBohr)) as Tensor;
}

function timesRows(v: readonly number[], rows: Matrix3): Vector3 {
  return [0, 1, 2].map((axis) => v.reduce((sum, x, i) => sum + x * rows[i]![axis]!, 0)) as Vector3;
}

function invert(matrix: Tensor): Tensor {
  const { reciprocal } = createLattice(matrix);
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => reciprocal[j]![i]! / (2 * Math.PI))) as Tensor;
}

function orthonormal(vectors: readonly Vector3[]): Vector3[] {
  const basis: Vector3[] = [];
  for (const vector of vectors) {
    let rest = [...vector] as Vector3;
    for (const v of basis) {
      const share = dot(rest, v);
      rest = rest.map((x, i) => x - share * v[i]!) as Vector3;
    }
    const length = Math.sqrt(dot(rest, rest));
    basis.push(rest.map((x) => x / length) as Vector3);
  }
  return basis;
}
