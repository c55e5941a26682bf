import { elementBySymbol } from './elements';
import type { Structure } from './schema';

export interface FormulaPart {
  element: string;
  /** As it is set below the line; empty for one. */
  count: string;
}

/** "LiCoO2" for a crystal (reduced, from the least to the most electronegative element), Hill order and unreduced ("C2H6O") for a molecule. */
export function formula(structure: Structure): string {
  return formulaParts(structure)
    .map(({ element, count }) => element + count)
    .join('');
}

/** The same formula in parts, for subscripts. */
export function formulaParts(structure: Structure): FormulaPart[] {
  const amounts = elementAmounts(structure);
  const isMolecule = !structure.periodic.includes(true);
  const divisor = isMolecule ? 1 : commonDivisor([...amounts.values()]);
  const order = isMolecule ? hillOrder([...amounts.keys()]) : electronegativityOrder([...amounts.keys()]);
  return order.map((element) => ({ element, count: formatCount(amounts.get(element)! / divisor) }));
}

/** A formula as chemists write it, "TiO2", from one whose elements stand in another order, as in OPTIMADE's "O2Ti"; counts stay as they are. */
export function writtenFormula(text: string): string {
  const counts = new Map([...text.matchAll(/([A-Z][a-z]?)([\d.]*)/g)].map(([, element, count]) => [element!, count!]));
  return electronegativityOrder([...counts.keys()])
    .map((element) => element + counts.get(element))
    .join('');
}

/** How many atoms of each element the cell (or molecule) holds, partial occupancies counted as such, in order of first appearance. */
export function elementAmounts({ sites }: Structure): Map<string, number> {
  const amounts = new Map<string, number>();
  for (const { species } of sites) {
    for (const { element, concentration } of species) {
      amounts.set(element, (amounts.get(element) ?? 0) + concentration);
    }
  }
  return amounts;
}

/** Hill, J. Am. Chem. Soc. 22, 478 (1900): carbon, hydrogen, the rest by the alphabet; all by the alphabet without carbon. */
function hillOrder(symbols: string[]): string[] {
  const sorted = symbols.toSorted();
  if (!symbols.includes('C')) return sorted;
  const first = ['C', 'H'].filter((symbol) => symbols.includes(symbol));
  return [...first, ...sorted.filter((symbol) => !first.includes(symbol))];
}

function electronegativityOrder(symbols: string[]): string[] {
  return symbols.toSorted((a, b) => orderingElectronegativity(a) - orderingElectronegativity(b) || (a < b ? -1 : 1));
}

/** Some lanthanides have no published value and stand among their neighbours; noble gases without one come last. */
function orderingElectronegativity(symbol: string): number {
  const { atomicNumber, electronegativity } = elementBySymbol(symbol);
  if (electronegativity !== null) return electronegativity;
  return atomicNumber >= 57 && atomicNumber <= 71 ? 1.2 : Number.MAX_VALUE;
}

/** Greatest common divisor of the whole amounts; fractional ones (partial occupancies) are divided along with them. */
function commonDivisor(amounts: number[]): number {
  const whole = amounts.filter(isWhole).map(Math.round);
  return whole.reduce((a, b) => greatestCommonDivisor(a, b), 0) || 1;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function isWhole(x: number): boolean {
  return Math.abs(x - Math.round(x)) < 1e-6 && Math.round(x) > 0;
}

function formatCount(count: number): string {
  if (Math.abs(count - 1) < 1e-6) return '';
  return isWhole(count) ? String(Math.round(count)) : String(Number(count.toPrecision(3)));
}
