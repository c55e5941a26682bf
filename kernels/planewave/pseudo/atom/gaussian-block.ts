import { eighReal, orthonormalCombinations } from '../../../core/dense';
import { addRow, dotRows } from '../../../core/rows';
import { createGthPseudopotential, type GthParameters } from '../gth';
import { gammaHalf, gthProjector } from '../gth-real-space';
import type { RadialGrid } from './radial-grid';

/** The functions of one angular momentum, and what of the Hamiltonian stays as it is. */
export interface GaussianBlock {
  l: number;
  /** a of the primitives r^l exp(-a r^2), 1/bohr^2, from diffuse to tight. */
  exponents: Float64Array;
  /** Orthonormal functions in the primitives: row j holds the shares of function j. As many as there are primitives. */
  combinations: Float64Array;
  /** Function by function: R on the points of the grid, then R'. */
  functions: Float64Array;
  /** The non-local pseudopotential between them, Ha, row-major. */
  nonlocal: Float64Array;
  /** The last eigenvectors in the orthonormal functions, one after the other. */
  vectors: Float64Array;
}

/** The most diffuse exponent, 1/bohr^2, and by how much one exceeds the one before at most: functions that are closer say the same. */
const DIFFUSE = 0.018;
const LARGEST_RATIO = 1.75;

export function createBlock(l: number, grid: RadialGrid, parameters: GthParameters): GaussianBlock {
  const exponents = evenTempered(parameters);
  const combinations = orthonormalGaussians(l, exponents);
  const count = exponents.length;
  const functions = new Float64Array(count * 2 * grid.r.length);
  for (let a = 0; a < count; a++) {
    const primitive = primitiveOn(grid, l, exponents[a]!);
    const { length } = primitive;
    for (let j = a; j < count; j++) addRow(length, functions, j * length, combinations[j * count + a]!, primitive, 0);
  }
  const vectors = new Float64Array(count * count);
  for (let j = 0; j < count; j++) vectors[j * count + j] = 1;
  return { l, exponents, combinations, functions, nonlocal: nonlocalMatrix(l, grid, parameters, functions), vectors };
}

/** r^l exp(-a r^2) on the points of the grid, then its derivative. */
function primitiveOn({ r }: RadialGrid, l: number, exponent: number): Float64Array {
  const primitive = new Float64Array(2 * r.length);
  for (let k = 0; k < r.length; k++) {
    const x = r[k]!;
    primitive[k] = x ** l * Math.exp(-exponent * x * x);
    primitive[r.length + k] = primitive[k]! * (l / x - 2 * exponent * x);
  }
  return primitive;
}

function evenTempered({ localRadius, channels }: GthParameters): Float64Array {
  let smallest = localRadius;
  for (const { radius, upper } of channels) if (upper.length > 0) smallest = Math.min(smallest, radius);
  const range = 3 / (smallest * smallest) / DIFFUSE;
  const steps = Math.ceil(Math.log(range) / Math.log(LARGEST_RATIO));
  const exponents = new Float64Array(steps + 1);
  for (let a = 0; a <= steps; a++) exponents[a] = DIFFUSE * range ** (a / steps);
  return exponents;
}

/** Orthonormal combinations of r^l exp(-a r^2) by their analytic overlaps; only primitives up to j take part in function j. */
function orthonormalGaussians(l: number, exponents: Float64Array): Float64Array {
  const count = exponents.length;
  const overlap = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      const sum = exponents[a]! + exponents[b]!;
      overlap[a * count + b] = ((4 * exponents[a]! * exponents[b]!) / (sum * sum)) ** (l / 2 + 0.75);
      overlap[b * count + a] = overlap[a * count + b]!;
    }
  }
  const combinations = orthonormalCombinations(count, overlap);
  for (let a = 0; a < count; a++) {
    const norm = Math.sqrt((2 * (2 * exponents[a]!) ** (l + 1.5)) / gammaHalf(2 * l + 3));
    for (let j = a; j < count; j++) combinations[j * count + a]! *= norm;
  }
  return combinations;
}

/** sum_ij <a|p_i> h_ij <p_j|b>, Ha, zero where the pseudopotential has no projectors of this l. */
function nonlocalMatrix(l: number, grid: RadialGrid, parameters: GthParameters, functions: Float64Array): Float64Array {
  const points = grid.r.length;
  const size = functions.length / (2 * points);
  const matrix = new Float64Array(size * size);
  const channel = createGthPseudopotential(parameters).channels.find((one) => one.l === l);
  if (!channel) return matrix;
  const { radius } = parameters.channels[l]!;
  const projections = Array.from({ length: channel.count }, (_, i) => {
    const projector = grid.r.map((r, k) => gthProjector(l, i, radius, r) * grid.weight[k]!);
    const projection = new Float64Array(size);
    for (let a = 0; a < size; a++) projection[a] = dotRows(points, functions, a * 2 * points, projector, 0);
    return projection;
  });
  for (let i = 0; i < channel.count; i++) {
    for (let j = 0; j < channel.count; j++) {
      const coupling = channel.coupling[i * channel.count + j]!;
      for (let a = 0; a < size; a++) addRow(size, matrix, a * size, projections[i]![a]! * coupling, projections[j]!, 0);
    }
  }
  return matrix;
}

/**
 * Eigenvalues, Ha, ascending, of -1/2 laplacian + V + non-local part; the eigenvectors are left in `block.vectors`.
 * Between two functions <a|H|b> = int (R_a' R_b')/2 + (V + l(l+1)/2r^2) R_a R_b + W (R_a R_b)' + non-local.
 * @param potential V on the grid, Ha: ion, Hartree, exchange and correlation.
 * @param onSlope W on the grid, the weak form of a gradient functional.
 */
export function solveBlock(
  block: GaussianBlock,
  grid: RadialGrid,
  potential: Float64Array,
  onSlope: Float64Array,
): Float64Array {
  const H = hamiltonian(block, grid, potential, onSlope);
  const size = block.exponents.length;
  // In the last eigenfunctions the matrix is nearly diagonal: the rotations that make it so are soon done.
  const { values, vectors } = eighReal(size, transformed(size, H, block.vectors));
  const old = block.vectors;
  block.vectors = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    for (let j = 0; j < size; j++)
      addRow(size, block.vectors, column * size, vectors[column * size + j]!, old, j * size);
  }
  return values;
}

function hamiltonian(
  { l, functions, nonlocal, exponents }: GaussianBlock,
  { r, weight }: RadialGrid,
  potential: Float64Array,
  onSlope: Float64Array,
): Float64Array {
  const size = exponents.length;
  const points = r.length;
  const H = nonlocal.slice();
  // What meets R_a, then what meets R_a'.
  const onB = new Float64Array(2 * points);
  for (let b = 0; b < size; b++) {
    const atB = b * 2 * points;
    for (let k = 0; k < points; k++) {
      const value = functions[atB + k]! * weight[k]!;
      const slope = functions[atB + points + k]! * weight[k]!;
      onB[k] = (potential[k]! + (l * (l + 1)) / (2 * r[k]! * r[k]!)) * value + onSlope[k]! * slope;
      onB[points + k] = onSlope[k]! * value + 0.5 * slope;
    }
    for (let a = b; a < size; a++) {
      const element = dotRows(2 * points, functions, a * 2 * points, onB, 0);
      H[a * size + b]! += element;
      if (a !== b) H[b * size + a]! += element;
    }
  }
  return H;
}

/** Q H Q^T with the rows of Q. */
function transformed(size: number, H: Float64Array, Q: Float64Array): Float64Array {
  const out = new Float64Array(size * size);
  const half = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    half.fill(0);
    for (let a = 0; a < size; a++) addRow(size, half, 0, Q[i * size + a]!, H, a * size);
    for (let j = 0; j <= i; j++) {
      out[i * size + j] = dotRows(size, half, 0, Q, j * size);
      out[j * size + i] = out[i * size + j]!;
    }
  }
  return out;
}
