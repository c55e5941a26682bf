import type { CalculationSummary } from '@/server/schemas/calculation';
import { stateLooks } from '../components/StateBadge';
import { formulaText } from '../format/typeset';

/** "Si bands, dos: running", for the tab of the browser. */
export const calculationTitle = ({ formula, properties, state }: CalculationSummary) =>
  `${formulaText(formula)} ${properties.join(', ')}: ${stateLooks[state].word}`;
