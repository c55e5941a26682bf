import { isElement } from '@/kernels/crystal/elements';
import { writtenFormula } from '@/kernels/crystal/formula';

/** What the search box was understood as. */
export type Understood =
  | { is: 'nothing' }
  /** Amounts by element: exactly this composition. */
  | { is: 'formula'; reduced: string }
  /** Exactly these elements, in any amounts. */
  | { is: 'system'; elements: string[] }
  /** A formula in which each star is one more element: `*TiO3`. */
  | { is: 'pattern'; parts: { element: string; count: number }[]; stars: number[] }
  /** A formula without elements: `A2B`. Its counts by falling size. */
  | { is: 'anonymous'; counts: number[] }
  /** For the server. */
  | { is: 'filter'; text: string }
  /** A part of an id. */
  | { is: 'id'; text: string };

const element = '[A-Z][a-z]?';
const formulaPattern = /^(?:[A-Z][a-z]?\d*|\*\d*)+$/;

/** "Fe2O3", "Li-Fe-P-O", "*TiO3", "A2B", an OPTIMADE filter, or else a part of an id. */
export function interpret(text: string): Understood {
  const trimmed = text.trim();
  if (trimmed === '') return { is: 'nothing' };
  if (/[=<>]|\b(HAS|AND|OR|NOT|IS|CONTAINS|STARTS|ENDS|LENGTH)\b/.test(trimmed)) return { is: 'filter', text: trimmed };
  if (new RegExp(`^${element}(-${element})+$`).test(trimmed)) {
    const symbols = trimmed.split('-');
    if (symbols.every(isElement)) return { is: 'system', elements: [...new Set(symbols)] };
  }
  if (formulaPattern.test(trimmed)) return readFormula(trimmed) ?? { is: 'id', text: trimmed };
  return { is: 'id', text: trimmed };
}

function readFormula(text: string): Understood | null {
  const parts = [...text.matchAll(/([A-Z][a-z]?|\*)(\d*)/g)].map(([, symbol, digits]) => ({
    symbol: symbol!,
    count: digits === '' ? 1 : Number(digits),
  }));
  if (parts.some(({ count }) => count < 1 || count > 10_000)) return null;
  const stars = parts.filter(({ symbol }) => symbol === '*').map(({ count }) => count);
  const named = parts.filter(({ symbol }) => symbol !== '*');
  if (named.every(({ symbol }) => isElement(symbol))) {
    const amounts = new Map<string, number>();
    for (const { symbol, count } of named) amounts.set(symbol, (amounts.get(symbol) ?? 0) + count);
    if (stars.length === 0) return { is: 'formula', reduced: reducedFormula(amounts) };
    return { is: 'pattern', parts: [...amounts].map(([symbol, count]) => ({ element: symbol, count })), stars };
  }
  // Letters from A on, each once: no element is called A.
  const letters = named.map(({ symbol }) => symbol);
  const isAnonymous =
    stars.length === 0 && letters.toSorted().every((letter, i) => letter === String.fromCharCode(65 + i));
  return isAnonymous ? { is: 'anonymous', counts: named.map(({ count }) => count).sort((a, b) => b - a) } : null;
}

/** As entries have it in the index: as chemists write it, counts divided by what they share. */
function reducedFormula(amounts: ReadonlyMap<string, number>): string {
  const divisor = [...amounts.values()].reduce(greatestCommonDivisor);
  return writtenFormula(
    [...amounts].map(([symbol, count]) => symbol + (count === divisor ? '' : count / divisor)).join(''),
  );
}

export const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
