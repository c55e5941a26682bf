import type { CalculationFilters } from './filters';

/** What the server is asked for the list of structures: "Li Co O" means all that hold these elements, "LiCoO2" the formula itself. */
export function structureInput({ formula, after }: Pick<CalculationFilters, 'formula' | 'after'>) {
  const symbols = formula.split(/[\s,-]+/).filter(Boolean);
  const isElements =
    symbols.length > 0 && symbols.every((symbol) => /^[A-Z][a-z]?$/.test(symbol)) && /[\s,-]/.test(formula);
  return {
    formula: formula && !isElements ? formula : null,
    elements: isElements ? symbols.slice(0, 10) : null,
    cursor: after.at(-1) ?? null,
  };
}
