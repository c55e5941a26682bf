import { BOHR_ANGSTROM } from '../core/constants';
import type { CoefficientTable } from './coefficients';
import { d3CutoffRadiiAngstrom } from './d3-radii.data';
import type { Gradient } from './gradient';
import { type Atoms, visitPairs } from './neighbours';
import { windowed } from './window';

/** All three distances end here, bohr, as in the authors' program; smoothly, as the sums over pairs. */
const REACH = 40;
const WINDOW = 2;
/** 6 (4/3)^16 of the damping. */
const STEEPNESS = 6 * (4 / 3) ** 16;

/** What lies around one atom: index, vector and squared distance of every neighbour, the window and its slope by r over r. */
interface Surroundings {
  atom: Int32Array;
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  square: Float64Array;
  kept: Float64Array;
  keptSlope: Float64Array;
}

/**
 * The dipole-dipole-dipole term of Axilrod, Teller and Muto over all triples,
 * E = sum sqrt(C6_ab C6_bc C6_ca) (3 cos a cos b cos c + 1)/(r_ab r_bc r_ca)^3 / (1 + 6 (4/3 R/r)^16), r and R being the geometric means of
 * the distances and of the cutoff radii: Grimme, Antony, Ehrlich and Krieg, J. Chem. Phys. 132, 154104 (2010), eqs. 11 to 14.
 * Adds its derivatives to gradient and byCoordination, and returns the energy, Ha. The work grows with the square of the number
 * of neighbours within 40 bohr.
 */
export function addThreeBody(
  atoms: Atoms,
  { c6, byFirst, count }: CoefficientTable,
  byCoordination: Float64Array,
  addPair: Gradient['add'],
): number {
  /** R0^(16/3), so that products of three are the power of their product. */
  const damping = radiusPowers(atoms.atomicNumbers);
  const root = c6.map(Math.sqrt);
  let energy = 0;
  findSurroundings(atoms).forEach(({ atom, x, y, z, square, kept, keptSlope }, i) => {
    // A triple is met from each of its three atoms: a third of its energy is taken each time. The side between two atoms is
    // a leg, one of the two that start at i, from both of its ends: half of its derivative each time.
    const onLeg = new Float64Array(atom.length);
    const energyOfLeg = new Float64Array(atom.length);
    for (let p = 0; p < atom.length; p++) {
      const ij = i * count + atom[p]!;
      const A = square[p]!;
      for (let q = p + 1; q < atom.length; q++) {
        const dx = x[q]! - x[p]!;
        const dy = y[q]! - y[p]!;
        const dz = z[q]! - z[p]!;
        const C = dx * dx + dy * dy + dz * dz;
        if (C > (REACH + WINDOW) ** 2) continue;
        const ik = i * count + atom[q]!;
        const jk = atom[p]! * count + atom[q]!;
        const B = square[q]!;
        const product = A * B * C;
        const third = Math.cbrt(product);
        const fourth = third * third * third * third;
        const a = A + B - C;
        const b = A - B + C;
        const c = B + C - A;
        const angles = (0.375 * a * b * c) / product;
        const u = (STEEPNESS * damping[ij]! * damping[ik]! * damping[jk]!) / (fourth * fourth);
        const damped = 1 / (1 + u);
        const far = C > (REACH - WINDOW) ** 2 ? windowed(Math.sqrt(C), REACH, WINDOW, 1, 0).value : 1;
        // The strength has (r_ab r_bc r_ca)^3 = product^(3/2).
        const strength = (far * root[ij]! * root[ik]! * root[jk]! * damped) / (fourth * Math.sqrt(third));
        const value = strength * (angles + 1);
        const windows = kept[p]! * kept[q]!;
        energy += (value * windows) / 3;
        energyOfLeg[p]! += value * windows;
        energyOfLeg[q]! += value * windows;
        // By the squared distances; dE/dr / r is twice that.
        const shape = (0.375 * strength) / product;
        const common = -strength * angles - 1.5 * value + (8 / 3) * u * damped * value;
        const byA = shape * (b * c + a * c - a * b) + common / A;
        const byB = shape * (b * c - a * c + a * b) + common / B;
        onLeg[p]! += byA * windows + 0.5 * value * keptSlope[p]! * kept[q]!;
        onLeg[q]! += byB * windows + 0.5 * value * keptSlope[q]! * kept[p]!;
      }
    }
    for (let p = 0; p < atom.length; p++) {
      const j = atom[p]!;
      addPair(i, j, x[p]!, y[p]!, z[p]!, onLeg[p]!);
      // dE/dC6 = E/2 C6
      const byC6 = energyOfLeg[p]! / (4 * c6[i * count + j]!);
      byCoordination[i]! += byC6 * byFirst[i * count + j]!;
      byCoordination[j]! += byC6 * byFirst[j * count + i]!;
    }
  });
  return energy;
}

function findSurroundings(atoms: Atoms): Surroundings[] {
  const rows = atoms.positions.map((): number[][] => []);
  visitPairs(atoms, REACH + WINDOW, (i, j, x, y, z, r) => {
    const { value, slope } = windowed(r, REACH, WINDOW, 1, 0);
    rows[i]!.push([j, x, y, z, r * r, value, slope / r]);
    rows[j]!.push([i, -x, -y, -z, r * r, value, slope / r]);
  });
  return rows.map((around) => {
    const column = (index: number) => Float64Array.from(around, (row) => row[index]!);
    return {
      atom: Int32Array.from(around, ([j]) => j!),
      x: column(1),
      y: column(2),
      z: column(3),
      square: column(4),
      kept: column(5),
      keptSlope: column(6),
    };
  });
}

/** R0^(16/3) of all pairs of atoms, bohr, count x count. */
function radiusPowers(atomicNumbers: readonly number[]): Float64Array {
  const radii = d3CutoffRadiiAngstrom.trim().split(/\s+/);
  return Float64Array.from(
    atomicNumbers.flatMap((one) =>
      atomicNumbers.map((other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        return (Number(radii[(high * (high - 1)) / 2 + low - 1]) / BOHR_ANGSTROM) ** (16 / 3);
      }),
    ),
  );
}
