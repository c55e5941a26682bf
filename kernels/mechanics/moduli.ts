import { eighReal, solveReal } from '../core/dense';
import { KernelError } from '../core/errors';
import type { Vector3 } from '../crystal/schema';
import { kelvinFactors, toKelvin } from './voigt';

/** Moduli of a polycrystal, in the unit of the elastic constants. */
export interface Moduli {
  bulk: number;
  shear: number;
  young: number;
  poisson: number;
}

export interface Elasticity {
  /** Equal strain in all grains (Voigt), equal stress (Reuss), and their mean (Hill, Proc. Phys. Soc. A 65, 349 (1952)). */
  voigt: Moduli;
  reuss: Moduli;
  hill: Moduli;
  /** 5 G_V/G_R + K_V/K_R - 6: zero where all directions are alike (Ranganathan and Ostoja-Starzewski, Phys. Rev. Lett. 101, 055504 (2008)). */
  anisotropy: number;
  /** Of the stiffness; all positive where the crystal withstands every small strain (Mouhat and Coudert, Phys. Rev. B 90, 224104 (2014)). */
  eigenvalues: number[];
  isStable: boolean;
}

/** What follows from elastic constants, 6 x 6 in Voigt's notation. Throws KernelError `singular` where they have no inverse. */
export function elasticityOf(stiffness: readonly (readonly number[])[]): Elasticity {
  const c = (i: number, j: number) => stiffness[i - 1]![j - 1]!;
  const compliance = inverseOf(stiffness);
  const s = (i: number, j: number) => compliance[i - 1]![j - 1]!;
  const diagonal = (m: typeof c) => m(1, 1) + m(2, 2) + m(3, 3);
  const mixed = (m: typeof c) => m(1, 2) + m(2, 3) + m(1, 3);
  const shears = (m: typeof c) => m(4, 4) + m(5, 5) + m(6, 6);
  const voigt = moduliOf((diagonal(c) + 2 * mixed(c)) / 9, (diagonal(c) - mixed(c) + 3 * shears(c)) / 15);
  const reuss = moduliOf(1 / (diagonal(s) + 2 * mixed(s)), 15 / (4 * diagonal(s) - 4 * mixed(s) + 3 * shears(s)));
  const hill = moduliOf((voigt.bulk + reuss.bulk) / 2, (voigt.shear + reuss.shear) / 2);
  const kelvin = stiffness.flatMap((row, i) => row.map((x, j) => x * kelvinFactors[i]! * kelvinFactors[j]!));
  const eigenvalues = [...eighReal(6, Float64Array.from(kelvin)).values];
  const anisotropy = (5 * voigt.shear) / reuss.shear + voigt.bulk / reuss.bulk - 6;
  return { voigt, reuss, hill, anisotropy, eigenvalues, isStable: eigenvalues.every((value) => value > 0) };
}

const moduliOf = (bulk: number, shear: number): Moduli => ({
  bulk,
  shear,
  young: (9 * bulk * shear) / (3 * bulk + shear),
  poisson: (3 * bulk - 2 * shear) / (2 * (3 * bulk + shear)),
});

/** The compliance, 6 x 6 in Voigt's notation: the inverse of the stiffness. */
export function inverseOf(stiffness: readonly (readonly number[])[]): number[][] {
  const matrix = Float64Array.from(stiffness.flat());
  const columns = stiffness.map((_, j) => {
    const column = solveReal(
      6,
      matrix,
      Float64Array.from({ length: 6 }, (_, i) => (i === j ? 1 : 0)),
    );
    if (!column?.every(Number.isFinite))
      throw new KernelError('singular', 'These elastic constants let some strain go without stress.');
    return column;
  });
  return stiffness.map((_, i) => columns.map((column) => column[i]!));
}

/** Young's modulus along a direction (any length), from the compliance in Voigt's notation: 1/E = sum S_ijkl n_i n_j n_k n_l. */
export function youngAlong(compliance: readonly (readonly number[])[], direction: Vector3): number {
  const length = Math.hypot(...direction);
  const n = direction.map((x) => x / length) as Vector3;
  const v = toKelvin([n.map((x) => n[0] * x), n.map((x) => n[1] * x), n.map((x) => n[2] * x)] as never);
  let sum = 0;
  // The compliance of Kelvin and Mandel is that of Voigt divided by the factors.
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < 6; j++) sum += (v[i]! * v[j]! * compliance[i]![j]!) / (kelvinFactors[i]! * kelvinFactors[j]!);
  return 1 / sum;
}

const PASCAL_PER_GPA = 1e9;
const KILOGRAM_PER_M3_PER_GRAM_PER_CM3 = 1000;
/** Planck and Boltzmann constants, CODATA 2018 (exact), J s and J/K. */
const PLANCK = 6.62607015e-34;
const BOLTZMANN = 1.380649e-23;
const PER_ANGSTROM3_PER_M3 = 1e30;

export interface Sound {
  longitudinalMetrePerSecond: number;
  transverseMetrePerSecond: number;
  /** Of the mean velocity: Anderson, J. Phys. Chem. Solids 24, 909 (1963). */
  debyeKelvin: number;
}

/** Sound in a polycrystal, from its bulk and shear modulus, its density and the atoms in a cubic angstrom. */
export function soundOf(
  { bulk, shear }: { bulk: number; shear: number },
  densityGramPerCm3: number,
  atomsPerAngstrom3: number,
): Sound {
  const velocity = (modulusGpa: number) =>
    Math.sqrt((modulusGpa * PASCAL_PER_GPA) / (densityGramPerCm3 * KILOGRAM_PER_M3_PER_GRAM_PER_CM3));
  const longitudinal = velocity(bulk + (4 / 3) * shear);
  const transverse = velocity(shear);
  const mean = ((2 / transverse ** 3 + 1 / longitudinal ** 3) / 3) ** (-1 / 3);
  const wave = Math.cbrt((3 * atomsPerAngstrom3 * PER_ANGSTROM3_PER_M3) / (4 * Math.PI));
  return {
    longitudinalMetrePerSecond: longitudinal,
    transverseMetrePerSecond: transverse,
    debyeKelvin: ((PLANCK * mean) / BOLTZMANN) * wave,
  };
}
