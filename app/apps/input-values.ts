import { type AppInput, faultOf, type InputValue } from '@/server/schemas/app/inputs';

export type Values = Record<string, InputValue>;

/** The values that the notebook itself gives. */
export const initialValues = (inputs: readonly AppInput[]): Values =>
  Object.fromEntries(inputs.map(({ name, initial }) => [name, initial]));

/** Values that stand in an address; one that does not fit is left out. A file is a visitor's own: no address leads to it. */
export function readValues(inputs: readonly AppInput[], search: Record<string, string | string[] | undefined>): Values {
  const found: Values = {};
  for (const input of inputs) {
    const text = [search[input.name] ?? []].flat()[0];
    if (text === undefined || input.widget.kind === 'file') continue;
    const value = toValue(input, text);
    if (faultOf(input, value) === null) found[input.name] = value;
  }
  return found;
}

/** The query of an address that leads to these values; what is as the notebook has it takes no room there. */
export function writeValues(inputs: readonly AppInput[], values: Values): string {
  const query = new URLSearchParams();
  for (const { name, initial, widget } of inputs) {
    const value = values[name];
    if (value !== undefined && value !== initial && widget.kind !== 'file') query.set(name, String(value));
  }
  return query.size > 0 ? `?${query}` : '';
}

function toValue({ widget }: AppInput, text: string): InputValue {
  switch (widget.kind) {
    case 'slider':
    case 'number':
      return text.trim() === '' ? text : Number(text);
    case 'checkbox':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'select':
      return widget.options.find((option) => String(option) === text) ?? text;
    default:
      return text;
  }
}
