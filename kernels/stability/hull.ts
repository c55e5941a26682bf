import { KernelError } from '../core/errors';

/** A compound with its energy per atom. `composition`: the share of each element of the system, which sum to one. */
export interface Phase {
  composition: readonly number[];
  energyPerAtom: number;
}

export interface Stability {
  /** Energy per atom above that of the best mixture of other phases and itself, never negative; in the unit of the energies. */
  aboveHull: number;
  /** That mixture: which phases, and the share of the atoms in each. One phase where it is stable itself. */
  decomposition: { phase: number; share: number }[];
}

const TOLERANCE = 1e-12;
/** A simplex step without progress is possible; as many without end are not, by Bland's rule. */
const STEPS_MAX = 10_000;

/**
 * How far each of some compositions lies above the convex hull of all phases (Gibbs' construction): the least energy per atom
 *   min sum_j s_j E_j,  sum_j s_j c_j = c,  s_j >= 0
 * of mixtures with the composition c, a linear program in as many equations as there are elements, solved by the simplex method from the
 * mixture of the elements (Dantzig, Linear Programming and Extensions, 1963; Bland's rule, Math. Oper. Res. 2, 103 (1977)).
 * Throws KernelError `no-reference` where a pure element has no phase, whose energies would have no zero.
 */
export function energiesAboveHull(phases: readonly Phase[], targets: readonly Phase[]): Stability[] {
  const elements = phases[0]?.composition.length ?? 0;
  const references = Array.from({ length: elements }, (_, element) => lowestElement(phases, element));
  return targets.map((target) => {
    const { energy, decomposition } = bestMixture(phases, references, target.composition);
    return { aboveHull: Math.max(0, target.energyPerAtom - energy), decomposition };
  });
}

function lowestElement(phases: readonly Phase[], element: number): number {
  let lowest = -1;
  phases.forEach(({ composition, energyPerAtom }, j) => {
    if (composition[element]! < 1 - 1e-9) return;
    if (lowest < 0 || energyPerAtom < phases[lowest]!.energyPerAtom) lowest = j;
  });
  if (lowest < 0)
    throw new KernelError('no-reference', `The element in place ${element + 1} has no phase of its own.`, { element });
  return lowest;
}

/** The tableau holds B^-1 A, and beside it B^-1 c; the elements' phases are the first basis, with B the unit matrix. */
function bestMixture(phases: readonly Phase[], references: readonly number[], composition: readonly number[]) {
  const rows = references.length;
  const tableau = Array.from({ length: rows }, (_, i) => Float64Array.from(phases, ({ composition: c }) => c[i]!));
  const amounts = Float64Array.from(composition);
  const basis = [...references];
  for (let steps = 0; steps < STEPS_MAX; steps++) {
    const entering = enteringPhase(phases, tableau, basis);
    if (entering < 0) break;
    pivot(tableau, amounts, basis, leavingRow(tableau, amounts, basis, entering), entering);
  }
  const energy = basis.reduce((sum, j, i) => sum + amounts[i]! * phases[j]!.energyPerAtom, 0);
  const decomposition = basis
    .map((phase, i) => ({ phase, share: amounts[i]! }))
    .filter(({ share }) => share > 1e-9)
    .sort((a, b) => b.share - a.share);
  return { energy, decomposition };
}

/** The first phase that lowers the energy; -1 where none does. */
function enteringPhase(phases: readonly Phase[], tableau: readonly Float64Array[], basis: readonly number[]): number {
  for (let j = 0; j < phases.length; j++) {
    let reduced = phases[j]!.energyPerAtom;
    for (let i = 0; i < basis.length; i++) reduced -= phases[basis[i]!]!.energyPerAtom * tableau[i]![j]!;
    if (reduced < -TOLERANCE && !basis.includes(j)) return j;
  }
  return -1;
}

/** The row whose phase is used up first; of equal ones that of the first phase. */
function leavingRow(
  tableau: readonly Float64Array[],
  amounts: Float64Array,
  basis: readonly number[],
  entering: number,
): number {
  let row = -1;
  let least = Infinity;
  for (let i = 0; i < basis.length; i++) {
    const step = tableau[i]![entering]!;
    if (step <= TOLERANCE) continue;
    const ratio = amounts[i]! / step;
    if (ratio < least - TOLERANCE || (Math.abs(ratio - least) <= TOLERANCE && basis[i]! < basis[row]!)) {
      least = ratio;
      row = i;
    }
  }
  return row;
}

function pivot(tableau: Float64Array[], amounts: Float64Array, basis: number[], row: number, entering: number): void {
  const own = tableau[row]!;
  const scale = 1 / own[entering]!;
  for (let j = 0; j < own.length; j++) own[j]! *= scale;
  amounts[row]! *= scale;
  for (let i = 0; i < tableau.length; i++) {
    if (i === row) continue;
    const factor = tableau[i]![entering]!;
    if (factor === 0) continue;
    const other = tableau[i]!;
    for (let j = 0; j < other.length; j++) other[j]! -= factor * own[j]!;
    amounts[i] = Math.max(0, amounts[i]! - factor * amounts[row]!);
  }
  basis[row] = entering;
}
