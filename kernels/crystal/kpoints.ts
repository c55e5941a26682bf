import { KernelError } from '../core/errors';
import { matrixTimesColumn, multiply, norm } from './linear';
import { identityOperation, reciprocalRotation, type SymmetryOperation } from './operations';
import type { Matrix3, Vector3 } from './schema';

export interface MeshInput {
  /** Numbers of points along the three reciprocal vectors. */
  mesh: Vector3;
  /** In steps of the mesh: k_i = (n_i + shift_i) / N_i. */
  shift?: Vector3;
  /** Of the crystal, fractional; the identity alone when absent. */
  operations?: SymmetryOperation[];
  /** Whether k and -k have the same energies. True unless told otherwise. */
  timeReversal?: boolean;
}

export interface Kpoint {
  fractional: Vector3;
  /** Sums to 1 over the mesh. */
  weight: number;
}

/** How a point of the full mesh follows from an irreducible one: k_full = +-W^-T k_irreducible + a reciprocal lattice vector. */
export interface FullMeshPoint {
  irreducible: number;
  /** Index into `operations` of the mesh. */
  operation: number;
  isTimeReversed: boolean;
}

export interface KpointMesh {
  kpoints: Kpoint[];
  /** The subgroup that maps the mesh onto itself; quantities summed over the irreducible points are to be symmetrised with exactly these. */
  operations: SymmetryOperation[];
  /** Point n1, n2, n3 of the full mesh at (n1 N2 + n2) N3 + n3. */
  fullMesh: FullMeshPoint[];
  droppedOperations: number;
  /** What to tell a person when operations were dropped, and what to do. */
  note: string | null;
}

const MOST_POINTS = 2e6;

/**
 * The points of a regular mesh that symmetry does not relate, with weights (Monkhorst and Pack, Phys. Rev. B 13, 5188 (1976)).
 * Only operations that map the mesh with its shift onto itself are used; the others are dropped and reported.
 * Throws KernelError `bad-kpoints`.
 */
export function kpointMesh({ mesh, shift = [0, 0, 0], operations, timeReversal = true }: MeshInput): KpointMesh {
  requireMesh(mesh, shift);
  const all = operations?.length ? operations : [identityOperation];
  const kept = all.filter(({ rotation }) => meshMap(rotation, mesh, shift) !== null);
  // Operations with the same rotation act alike on k; the first stands for all.
  const seen = new Set<string>();
  const maps = kept.flatMap(({ rotation }, operation) => {
    const key = rotation.join();
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ operation, map: meshMap(rotation, mesh, shift)! }];
  });
  const fullMesh = reduceMesh(mesh, shift, maps, timeReversal);
  return {
    kpoints: irreducibleKpoints(fullMesh, mesh, shift),
    operations: kept,
    fullMesh,
    droppedOperations: all.length - kept.length,
    note: describeDropped(mesh, shift, all, kept),
  };
}

/**
 * The mesh whose points lie at most `distancePerAngstrom` apart along each reciprocal vector (2 pi included): N_i = ceil(|b_i| / distance), at least 1,
 * and 1 along directions that are not periodic. Cell vectors of equal length get the same number, the largest.
 */
export function meshForDistance(
  reciprocalCellPerAngstrom: Matrix3,
  distancePerAngstrom: number,
  periodic: [boolean, boolean, boolean] = [true, true, true],
): Vector3 {
  if (!(distancePerAngstrom > 0)) {
    throw new KernelError('bad-kpoints', `The distance between k-points must be positive, not ${distancePerAngstrom}.`);
  }
  // The tolerance keeps |b| / distance = 6.0000000001 from becoming 7.
  const counts = reciprocalCellPerAngstrom.map((b, i) =>
    periodic[i] ? Math.max(1, Math.ceil(norm(b) / distancePerAngstrom - 1e-9)) : 1,
  ) as Vector3;
  if (counts.some((n) => n > 1e5)) {
    throw new KernelError(
      'bad-kpoints',
      `A distance of ${distancePerAngstrom} per angstrom asks for ${counts} k-points.`,
    );
  }
  const isEqual = haveEqualDirectLengths(reciprocalCellPerAngstrom) && !periodic.includes(false);
  return isEqual ? (Array(3).fill(Math.max(...counts)) as Vector3) : counts;
}

function haveEqualDirectLengths(b: Matrix3): boolean {
  // |a_i| is proportional to |b_j x b_k|.
  const areas = [0, 1, 2].map((i) => crossNorm(b[(i + 1) % 3]!, b[(i + 2) % 3]!));
  return Math.max(...areas) - Math.min(...areas) < 1e-5 * Math.max(...areas);
}

function crossNorm(u: Vector3, v: Vector3): number {
  return Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]);
}

/** How W^-T acts on mesh numbers, n' = M n + c (modulo N), or null if some point does not land on the mesh. */
type MeshMap = { matrix: Matrix3; offset: Vector3 };

/**
 * With k = D^-1 (n + s), D = diag(N): k' = U k gives n' = D U D^-1 n + (D U D^-1 s - s). It maps the mesh onto itself exactly
 * when the matrix and the offset are whole (a lattice vector added to k changes n' by multiples of N, and n by N changes n' by D U).
 */
function meshMap(rotation: Matrix3, mesh: Vector3, shift: Vector3): MeshMap | null {
  const u = reciprocalRotation(rotation);
  const matrix = u.map((row, i) => row.map((x, j) => (x * mesh[i]!) / mesh[j]!)) as Matrix3;
  const offset = matrixTimesColumn(matrix, shift).map((x, i) => x - shift[i]!) as Vector3;
  if (![...matrix.flat(), ...offset].every((x) => Math.abs(x - Math.round(x)) < 1e-6)) return null;
  return {
    matrix: matrix.map((row) => row.map(Math.round)) as Matrix3,
    offset: offset.map(Math.round) as Vector3,
  };
}

function reduceMesh(
  mesh: Vector3,
  shift: Vector3,
  maps: { operation: number; map: MeshMap }[],
  timeReversal: boolean,
): FullMeshPoint[] {
  // -k is on the mesh only where twice the shift is whole.
  const negation = timeReversal ? negationMap(shift) : null;
  const images = [
    ...maps.map((one) => ({ ...one, isTimeReversed: false })),
    ...(negation ? maps : []).map(({ operation, map }) => ({
      operation,
      map: compose(negation!, map),
      isTimeReversed: true,
    })),
  ];
  const [n1, n2, n3] = mesh;
  const full = new Array<FullMeshPoint | undefined>(n1 * n2 * n3);
  let irreducible = 0;
  for (let index = 0; index < full.length; index++) {
    if (full[index]) continue;
    const n: Vector3 = [Math.floor(index / (n2 * n3)), Math.floor(index / n3) % n2, index % n3];
    for (const { operation, map, isTimeReversed } of images)
      full[indexOfImage(map, n, mesh)] ??= { irreducible, operation, isTimeReversed };
    irreducible++;
  }
  return full as FullMeshPoint[];
}

function negationMap(shift: Vector3): MeshMap | null {
  const offset = shift.map((s) => -2 * s) as Vector3;
  if (!offset.every((x) => Math.abs(x - Math.round(x)) < 1e-6)) return null;
  const matrix: Matrix3 = [
    [-1, 0, 0],
    [0, -1, 0],
    [0, 0, -1],
  ];
  return { matrix, offset: offset.map(Math.round) as Vector3 };
}

/** The map that does `first`, then `second`. */
function compose(second: MeshMap, first: MeshMap): MeshMap {
  const offset = matrixTimesColumn(second.matrix, first.offset).map((x, i) => x + second.offset[i]!) as Vector3;
  return { matrix: multiply(second.matrix, first.matrix), offset };
}

/** Place on the mesh of M n + c. */
function indexOfImage({ matrix: [a, b, c], offset }: MeshMap, n: Vector3, mesh: Vector3): number {
  const x = a[0] * n[0] + a[1] * n[1] + a[2] * n[2] + offset[0];
  const y = b[0] * n[0] + b[1] * n[1] + b[2] * n[2] + offset[1];
  const z = c[0] * n[0] + c[1] * n[1] + c[2] * n[2] + offset[2];
  return (modulo(x, mesh[0]) * mesh[1] + modulo(y, mesh[1])) * mesh[2] + modulo(z, mesh[2]);
}

function modulo(x: number, n: number): number {
  return ((x % n) + n) % n;
}

function irreducibleKpoints(fullMesh: FullMeshPoint[], mesh: Vector3, shift: Vector3): Kpoint[] {
  const kpoints: Kpoint[] = [];
  fullMesh.forEach(({ irreducible }, index) => {
    const known = kpoints[irreducible];
    if (known) known.weight += 1;
    else kpoints.push({ fractional: meshPoint(index, mesh, shift), weight: 1 });
  });
  return kpoints.map(({ fractional, weight }) => ({ fractional, weight: weight / fullMesh.length }));
}

/** Fractional coordinates in (-1/2, 1/2] of a point of the full mesh. */
export function meshPoint(index: number, mesh: Vector3, shift: Vector3 = [0, 0, 0]): Vector3 {
  const n = [Math.floor(index / (mesh[1] * mesh[2])), Math.floor(index / mesh[2]) % mesh[1], index % mesh[2]];
  return n.map((x, i) => {
    const k = (x + shift[i]!) / mesh[i]!;
    return k - Math.ceil(k - 0.5 - 1e-9) + 0;
  }) as Vector3;
}

function describeDropped(
  mesh: Vector3,
  shift: Vector3,
  all: SymmetryOperation[],
  kept: SymmetryOperation[],
): string | null {
  if (kept.length === all.length) return null;
  const count = `${kept.length} of ${all.length} symmetry operations`;
  const withoutShift = all.filter(({ rotation }) => meshMap(rotation, mesh, [0, 0, 0])).length;
  if (shift.some((s) => s !== 0) && withoutShift > kept.length) {
    return (
      `The shift (${shift.join(', ')}) breaks the symmetry of this crystal: only ${count} map the mesh onto itself, ` +
      `so the density is less symmetric and more k-points are needed. The Gamma-centred mesh ${mesh.join(' x ')} (shift 0, 0, 0) keeps ${withoutShift}.`
    );
  }
  return (
    `The mesh ${mesh.join(' x ')} is less symmetric than the crystal: only ${count} map it onto itself. ` +
    'Equal numbers along vectors that symmetry relates keep all.'
  );
}

function requireMesh(mesh: Vector3, shift: Vector3): void {
  const isSound = mesh.every((n) => Number.isInteger(n) && n >= 1) && mesh[0] * mesh[1] * mesh[2] <= MOST_POINTS;
  if (!isSound) {
    throw new KernelError(
      'bad-kpoints',
      `A k-point mesh is three whole numbers from 1 on with a product of at most ${MOST_POINTS}, not ${mesh.join(' x ')}.`,
      { mesh },
    );
  }
  if (!shift.every((s) => Number.isFinite(s) && Math.abs(s) <= 1)) {
    throw new KernelError('bad-kpoints', `The shift of a mesh lies between -1 and 1 step, not ${shift.join(', ')}.`, {
      shift,
    });
  }
}
