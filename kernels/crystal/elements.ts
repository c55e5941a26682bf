import { KernelError } from '../core/errors';
import { elementRows } from './elements.data';

export interface Element {
  atomicNumber: number;
  symbol: string;
  name: string;
  massU: number;
  covalentRadiusAngstrom: number | null;
  electronegativity: number | null;
  colourCpk: string;
  colourVesta: string;
}

/** The elements in order of atomic number, hydrogen to lawrencium. */
export const elements: readonly Element[] = elementRows.map(
  ([symbol, name, massU, covalentRadiusAngstrom, electronegativity, colourCpk, colourVesta], i) => ({
    atomicNumber: i + 1,
    symbol,
    name,
    massU,
    covalentRadiusAngstrom,
    electronegativity,
    colourCpk,
    colourVesta,
  }),
);

const bySymbol = new Map(elements.map((element) => [element.symbol, element]));

export function isElement(symbol: string): boolean {
  return bySymbol.has(symbol);
}

/** The element with this symbol ("Si"); throws KernelError `unknown-element`. */
export function elementBySymbol(symbol: string): Element {
  const element = bySymbol.get(symbol);
  if (!element) {
    throw new KernelError('unknown-element', `There is no element with the symbol "${symbol.slice(0, 20)}".`, {
      symbol: symbol.slice(0, 20),
    });
  }
  return element;
}

/** The symbols in a text as people write them, `Li-O`, `Li, O` or `LiO`; what only looks like one too. */
export const symbolsIn = (text: string): string[] => text.match(/[A-Z][a-z]?/g) ?? [];
