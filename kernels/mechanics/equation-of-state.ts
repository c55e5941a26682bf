import { solveReal } from '../core/dense';
import { KernelError } from '../core/errors';

/** Energies of a crystal at several volumes. Any unit of energy and of length: the pressures are in that energy per cube of that length. */
export interface VolumePoint {
  volume: number;
  energy: number;
}

export interface EquationOfState {
  /** Where the energy is least. */
  volume: number;
  energy: number;
  bulkModulus: number;
  /** dB/dP at the least energy, a pure number. */
  bulkModulusDerivative: number;
  /** Root of the mean square of what the curve leaves of the energies. */
  residual: number;
}

/** Energy, energy's coefficient by (V0/V)^(2/3), and two of its curvature. */
const PARAMETERS = 4;

/**
 * The equation of state of third order of Birch and Murnaghan (Birch, Phys. Rev. 71, 809 (1947)),
 *   E(V) = E0 + (9 V0 B0 / 16) (2 u^2 + (B0' - 4) u^3),  u = (V0/V)^(2/3) - 1,
 * by least squares: in V^(-2/3) it is a polynomial of third order, so that the fit is linear and needs no first guess.
 * Throws KernelError: `few-volumes` below four different ones, `bad-volume`, `no-minimum` where the energies have none.
 */
export function fitEquationOfState(points: readonly VolumePoint[]): EquationOfState {
  if (points.some(({ volume, energy }) => !(volume > 0) || !Number.isFinite(volume) || !Number.isFinite(energy)))
    throw new KernelError('bad-volume', 'Volumes must be positive, and energies numbers.');
  const different = new Set(points.map(({ volume }) => volume)).size;
  if (different < PARAMETERS)
    throw new KernelError('few-volumes', `An equation of state takes at least ${PARAMETERS} volumes.`, { different });
  const { origin, width, shift, coefficients } = fitPolynomial(points);
  const [, first, second, third] = [...coefficients] as [number, number, number, number];
  // dE/dt = 0, of its two roots the one where the energy bends upwards.
  const discriminant = second * second - 3 * first * third;
  const t = discriminant < 0 ? Number.NaN : -first / (second + Math.sqrt(discriminant));
  const y = 1 + width * t;
  if (!(y > 0) || !Number.isFinite(t))
    throw new KernelError('no-minimum', 'The energies of these volumes have no minimum.');
  const volume = origin * y ** -1.5;
  const bend = (2 * second + 6 * third * t) / width ** 2;
  const bulkModulus = ((4 / 9) * bend * y * y) / volume;
  const bulkModulusDerivative = 4 + ((8 / 27) * (6 * third * y ** 3)) / (width ** 3 * volume * bulkModulus);
  const energyAt = (x: number) => coefficients.reduceRight((sum, c) => sum * x + c, 0);
  const energy = shift + energyAt(t);
  const state = { volume, energy, bulkModulus, bulkModulusDerivative };
  const squares = points.map((point) => (point.energy - energyOf(state, point.volume)) ** 2);
  return { ...state, residual: Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / points.length) };
}

/** E less `shift` as a polynomial in t = ((V/origin)^(-2/3) - 1) / width, which lies within [-1, 1]. */
function fitPolynomial(points: readonly VolumePoint[]) {
  const { volume: origin, energy: shift } = points.reduce((low, point) => (point.energy < low.energy ? point : low));
  const raw = points.map(({ volume }) => (volume / origin) ** (-2 / 3) - 1);
  const width = Math.max(...raw.map(Math.abs));
  const powers = raw.map((x) => [1, x / width, (x / width) ** 2, (x / width) ** 3]);
  const matrix = new Float64Array(PARAMETERS * PARAMETERS);
  const right = new Float64Array(PARAMETERS);
  for (const [p, row] of powers.entries())
    for (let i = 0; i < PARAMETERS; i++) {
      right[i] = right[i]! + row[i]! * (points[p]!.energy - shift);
      for (let j = 0; j < PARAMETERS; j++) matrix[i * PARAMETERS + j] = matrix[i * PARAMETERS + j]! + row[i]! * row[j]!;
    }
  const coefficients = solveReal(PARAMETERS, matrix, right);
  if (!coefficients)
    throw new KernelError('few-volumes', 'The volumes lie too close together for an equation of state.');
  return { origin, width, shift, coefficients };
}

type Curve = Omit<EquationOfState, 'residual'>;

/** The energy of an equation of state at a volume. */
export function energyOf({ volume, energy, bulkModulus, bulkModulusDerivative }: Curve, at: number): number {
  const u = (volume / at) ** (2 / 3) - 1;
  return energy + ((9 * volume * bulkModulus) / 16) * (2 * u * u + (bulkModulusDerivative - 4) * u ** 3);
}

/** The pressure, -dE/dV, of an equation of state at a volume. */
export function pressureOf({ volume, bulkModulus, bulkModulusDerivative }: Curve, at: number): number {
  const x = (volume / at) ** (2 / 3);
  const u = x - 1;
  return (3 / 8) * bulkModulus * x ** 2.5 * (4 * u + 3 * (bulkModulusDerivative - 4) * u * u);
}
