import { type Language, literal } from '../notebook/literal';
import { type AppInput, type InputValue, readLine } from './inputs';

/**
 * The text of a cell with other values for its inputs, each written as a literal of the language; all else of the cell stays.
 * Values that are not given stay as the notebook has them.
 */
export function bindInputs(
  source: string,
  language: Language,
  inputs: readonly AppInput[],
  values: Readonly<Record<string, InputValue>>,
): string {
  const lines = source.split('\n').map((line) => {
    const found = readLine(line, language);
    if (!found || !inputs.some(({ name }) => name === found.name) || !Object.hasOwn(values, found.name)) return line;
    return line.slice(0, found.start) + literal(values[found.name], language) + line.slice(found.end);
  });
  return lines.join('\n');
}
