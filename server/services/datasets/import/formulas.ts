import { elementAmounts } from '@/kernels/crystal/formula';
import type { Structure } from '@/kernels/crystal/schema';

export interface OptimadeFormulas {
  /** By the alphabet. */
  elements: string[];
  /** In the order of `elements`; they sum to one. */
  ratios: number[];
  /** "O2Si": by the alphabet, smallest whole numbers. Null where the amounts of a disordered crystal have none. */
  reduced: string | null;
  /** "A2B". */
  anonymous: string | null;
  /** "O2Si", "CH4": carbon and hydrogen first where there is carbon. */
  hill: string | null;
}

/** Amounts are whole to this part of the smallest: what disordered structures round. */
const TOLERANCE = 1e-4;
/** A formula with larger numbers says nothing. */
const MULTIPLE_MAX = 1_000;

/** What OPTIMADE derives from the atoms of a structure. */
export const optimadeFormulas = (structure: Structure): OptimadeFormulas => formulasOf(elementAmounts(structure));

/** The same of amounts by element. */
export function formulasOf(amountOf: ReadonlyMap<string, number>): OptimadeFormulas {
  const amounts = [...amountOf].sort(([a], [b]) => (a < b ? -1 : 1));
  const total = amounts.reduce((sum, [, amount]) => sum + amount, 0);
  const elements = amounts.map(([element]) => element);
  const counts = smallestWhole(amounts.map(([, amount]) => amount));
  const written = (order: readonly number[]) =>
    counts && order.map((i) => elements[i]! + (counts[i] === 1 ? '' : counts[i])).join('');
  const indices = elements.map((_, i) => i);
  return {
    elements,
    ratios: amounts.map(([, amount]) => amount / total),
    reduced: written(indices),
    anonymous: counts && anonymousFormula(counts),
    hill: written(hillOrder(elements)),
  };
}

/** "A2B" of the counts 1 and 2: letters by falling amount; after Z come Aa, Ba and so on. */
export function anonymousFormula(counts: readonly number[]): string {
  return counts
    .toSorted((a, b) => b - a)
    .map((count, i) => letterOf(i) + (count === 1 ? '' : count))
    .join('');
}

const letterOf = (index: number): string => {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letter + String.fromCharCode(97 + Math.floor(index / 26) - 1);
};

/** Null where no multiple up to a thousand makes all of them whole. */
function smallestWhole(amounts: readonly number[]): number[] | null {
  const smallest = Math.min(...amounts);
  if (!(smallest > 0)) return null;
  for (let multiple = 1; multiple <= MULTIPLE_MAX; multiple++) {
    const scaled = amounts.map((amount) => (multiple * amount) / smallest);
    if (scaled.every((x) => Math.abs(x - Math.round(x)) <= TOLERANCE * multiple)) return scaled.map(Math.round);
  }
  return null;
}

function hillOrder(elements: readonly string[]): number[] {
  const rank = (element: string) => (element === 'C' ? 0 : element === 'H' ? 1 : 2);
  const hasCarbon = elements.includes('C');
  return elements
    .map((_, i) => i)
    .sort(
      (a, b) => (hasCarbon ? rank(elements[a]!) - rank(elements[b]!) : 0) || (elements[a]! < elements[b]! ? -1 : 1),
    );
}
