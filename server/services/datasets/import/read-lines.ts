import { EntryRefused, isObject, type ReadEntry, readEntry } from './read-entry';

export type ReadLine =
  | { is: 'entry'; entry: ReadEntry }
  | { is: 'reference'; key: string; attributes: Record<string, unknown> }
  /** What the source says of the properties of its structures. */
  | { is: 'definitions'; properties: Record<string, unknown> }
  | { is: 'refused'; what: string; why: string }
  | { is: 'nothing' };

/** Deeper values are no property of a material. */
const DEPTH_MAX = 12;

/** The lines of an OPTIMADE JSON Lines file, each for itself: one that cannot be taken does not stop the others. */
export function readDatasetLines({ lines }: { lines: string[] }): ReadLine[] {
  return lines.map(readLine);
}

function readLine(text: string): ReadLine {
  if (text.trim() === '') return { is: 'nothing' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { is: 'refused', what: text.slice(0, 60), why: 'It is not JSON.' };
  }
  if (isTooDeep(value, DEPTH_MAX))
    return { is: 'refused', what: text.slice(0, 60), why: `It is nested more than ${DEPTH_MAX} deep.` };
  return readValue(withoutNul(value, text));
}

function readValue(given: unknown): ReadLine {
  if (!isObject(given)) return { is: 'refused', what: 'A line', why: 'It is no object.' };
  // Some servers count their entries.
  const value = typeof given.id === 'number' ? { ...given, id: String(given.id) } : given;
  if ('x-optimade' in value) return { is: 'nothing' };
  if (value.type === 'info')
    return isObject(value.properties) ? { is: 'definitions', properties: value.properties } : { is: 'nothing' };
  const name = typeof value.id === 'string' ? value.id.slice(0, 100) : 'An entry without an id';
  if (value.type === 'references')
    return typeof value.id === 'string' && isObject(value.attributes)
      ? { is: 'reference', key: value.id, attributes: value.attributes }
      : { is: 'refused', what: name, why: 'It is no reference.' };
  if (value.type !== undefined && value.type !== 'structures')
    return { is: 'refused', what: name, why: 'It is no structure; other types of entries are not taken.' };
  try {
    return { is: 'entry', entry: readEntry(value) };
  } catch (err) {
    if (err instanceof EntryRefused) return { is: 'refused', what: name, why: err.message };
    throw err;
  }
}

const isTooDeep = (value: unknown, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some((part) => isTooDeep(part, depth - 1)));

/** PostgreSQL stores no character 0 and no half of a character. */
export function withoutNul<Value>(value: Value, text = JSON.stringify(value)): Value {
  if (!/\\u(0000|d[89a-f])/i.test(text)) return value;
  return JSON.parse(JSON.stringify(value), (_, inner) =>
    typeof inner === 'string' ? inner.replace(/\0|\p{Cs}/gu, '') : inner,
  );
}
