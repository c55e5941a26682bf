import { BOHR_ANGSTROM } from '../core/constants';
import { determinant } from '../crystal/linear';
import type { Matrix3, Vector3 } from '../crystal/schema';
import { type CoefficientTable, tabulateCoefficients } from './coefficients';
import { covalentRadiiAngstrom, r4OverR2 } from './d3-atoms.data';
import { createGradient } from './gradient';
import { type Atoms, visitPairs } from './neighbours';
import { addThreeBody } from './three-body';
import { type ValueAndSlope, windowed } from './window';

/** s6 is 1 for all of these. */
export interface DampingParameters {
  s8: number;
  a1: number;
  /** bohr */
  a2: number;
}

/** S. Grimme, S. Ehrlich and L. Goerigk, J. Comput. Chem. 32, 1456 (2011); PBEsol from the table of the authors' program. */
export const dampingParameters = {
  pbe: { s8: 0.7875, a1: 0.4289, a2: 4.4407 },
  pbesol: { s8: 2.9491, a1: 0.4466, a2: 6.1742 },
} as const satisfies Record<string, DampingParameters>;

export interface Dispersion {
  /** Ha a cell */
  energy: number;
  /** Its three-body part; null where it was not asked for. */
  threeBodyEnergy: number | null;
  /** -dE/dR, Ha/bohr, of every atom */
  forces: Vector3[];
  /** (1/volume) dE/dstrain, Ha/bohr^3; null without a cell. */
  stress: Matrix3 | null;
  coordinationNumbers: Float64Array;
}

/** Where the authors' program cuts off the sums over pairs and the counting of neighbours, bohr; that of pw.x is the same. */
const PAIR_REACH = Math.sqrt(9000);
const COUNTING_REACH = 40;
/**
 * Here both sums end over this width on either side, so that energies are smooth in positions and cell. What lies beyond is
 * 5e-6 Ha an atom in a dense crystal: a window around the same radius leaves it out likewise.
 */
const PAIR_WINDOW = 3;
const COUNTING_WINDOW = 2;

/**
 * DFT-D3 with the damping of Becke and Johnson:
 * E = -sum_pairs [C6/(r^6 + f^6) + s8 C8/(r^8 + f^8)], f = a1 sqrt(C8/C6) + a2, with C6 from the coordination numbers
 * CN_i = sum_j 1/(1 + exp(-16 (4/3 (R_i + R_j)/r_ij - 1))), whose derivatives enter forces and stress. The parameters were
 * fitted without the three-body term, which is added on request.
 * S. Grimme, J. Antony, S. Ehrlich and H. Krieg, J. Chem. Phys. 132, 154104 (2010);
 * S. Grimme, S. Ehrlich and L. Goerigk, J. Comput. Chem. 32, 1456 (2011).
 */
export function d3Dispersion(
  atoms: Atoms,
  parameters: DampingParameters,
  { threeBody = false }: { threeBody?: boolean } = {},
): Dispersion {
  const count = atoms.positions.length;
  const coordinationNumbers = new Float64Array(count);
  visitCounted(atoms, (i, j, _x, _y, _z, _r, { value }) => {
    coordinationNumbers[i]! += value;
    coordinationNumbers[j]! += value;
  });
  const coefficients = tabulateCoefficients(atoms.atomicNumbers, coordinationNumbers);
  const gradient = createGradient(count);
  const byCoordination = new Float64Array(count);
  const twoBody = addTwoBody(atoms, parameters, coefficients, byCoordination, gradient.add);
  const threeBodyEnergy = threeBody ? addThreeBody(atoms, coefficients, byCoordination, gradient.add) : null;
  visitCounted(atoms, (i, j, x, y, z, r, { slope }) => {
    gradient.add(i, j, x, y, z, ((byCoordination[i]! + byCoordination[j]!) * slope) / r);
  });
  const volume = atoms.cell && Math.abs(determinant(atoms.cell as Matrix3));
  return {
    energy: twoBody + (threeBodyEnergy ?? 0),
    threeBodyEnergy,
    forces: gradient.forces,
    stress: volume ? (gradient.virial.map((row) => row.map((x) => x / volume)) as Matrix3) : null,
    coordinationNumbers,
  };
}

function addTwoBody(
  { atomicNumbers, ...atoms }: Atoms,
  parameters: DampingParameters,
  { c6, byFirst, count }: CoefficientTable,
  byCoordination: Float64Array,
  addPair: (i: number, j: number, x: number, y: number, z: number, perLength: number) => void,
): number {
  let energy = 0;
  let current: { i: number; j: number; pair: PairFunction } | null = null;
  visitPairs({ atomicNumbers, ...atoms }, PAIR_REACH + PAIR_WINDOW, (i, j, x, y, z, r) => {
    // Images of one pair come one after the other.
    if (current?.i !== i || current.j !== j)
      current = { i, j, pair: pairFunction(atomicNumbers[i]!, atomicNumbers[j]!, parameters) };
    const { value, slope } = current.pair(r);
    const c = c6[i * count + j]!;
    energy -= c * value;
    byCoordination[i]! -= byFirst[i * count + j]! * value;
    byCoordination[j]! -= byFirst[j * count + i]! * value;
    addPair(i, j, x, y, z, (-c * slope) / r);
  });
  return energy;
}

type PairFunction = (r: number) => ValueAndSlope;

/** 1/(r^6 + f^6) + s8 (C8/C6)/(r^8 + f^8), ended smoothly. */
function pairFunction(zi: number, zj: number, { s8, a1, a2 }: DampingParameters): PairFunction {
  const ratio = 3 * Math.sqrt(momentRatio(zi) * momentRatio(zj));
  const f = a1 * Math.sqrt(ratio) + a2;
  const f6 = f ** 6;
  const f8 = f6 * f * f;
  return (r) => {
    const r2 = r * r;
    const r6 = r2 * r2 * r2;
    const six = 1 / (r6 + f6);
    const eight = (s8 * ratio) / (r6 * r2 + f8);
    const value = six + eight;
    const slope = -(6 * six * six * r6 + (8 * eight * eight * r6 * r2) / (s8 * ratio)) / r;
    return windowed(r, PAIR_REACH, PAIR_WINDOW, value, slope);
  };
}

/** Q = sqrt(Z) <r^4>/(2 <r^2>) of eq. 8, bohr^2. */
function momentRatio(z: number): number {
  return 0.5 * Math.sqrt(z) * r4OverR2[z - 1]!;
}

/** The pairs that count as neighbours, with the counting function of eq. 15. */
function visitCounted(
  atoms: Atoms,
  visit: (i: number, j: number, x: number, y: number, z: number, r: number, counted: ValueAndSlope) => void,
): void {
  const { atomicNumbers } = atoms;
  visitPairs(atoms, COUNTING_REACH + COUNTING_WINDOW, (i, j, x, y, z, r) => {
    const radii = covalentRadiiAngstrom[atomicNumbers[i]! - 1]! + covalentRadiiAngstrom[atomicNumbers[j]! - 1]!;
    const distance = ((4 / 3) * radii) / BOHR_ANGSTROM;
    const exponential = Math.exp(-16 * (distance / r - 1));
    const value = 1 / (1 + exponential);
    const slope = ((-16 * distance) / (r * r)) * exponential * value * value;
    visit(i, j, x, y, z, r, windowed(r, COUNTING_REACH, COUNTING_WINDOW, value, slope));
  });
}
