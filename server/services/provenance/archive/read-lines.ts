import type { z } from 'zod';
import { DEPTH_MAX, isTooDeep } from './depth';

/** Longer than any value that the platform stores: arrays of numbers are files. */
const LINE_MAX = 16 * 1024 ** 2;
/** Lines between which others get their turn. */
const TURN = 200;

interface Faults {
  skip: (what: string, why: string) => void;
}

/** The objects of a file of JSON lines; a line that is none, or not of the form, is told of and left out. */
export async function readLines<Schema extends z.ZodType>(
  name: string,
  bytes: Buffer,
  schema: Schema,
  { skip }: Faults,
): Promise<z.infer<Schema>[]> {
  const rows: z.infer<Schema>[] = [];
  let number = 0;
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    number += 1;
    const what = `${name}, line ${number}`;
    if (end - start > LINE_MAX) skip(what, 'it is longer than 16 MB');
    else if (end > start) {
      const row = parseLine(bytes.toString('utf8', start, end), schema);
      if (row.success) rows.push(row.data);
      else skip(what, row.why);
    }
    if (number % TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    start = end + 1;
  }
  return rows;
}

function parseLine<Schema extends z.ZodType>(text: string, schema: Schema) {
  try {
    const value: unknown = JSON.parse(text);
    if (isTooDeep(value)) return { success: false as const, why: `it is nested more than ${DEPTH_MAX} levels deep` };
    const checked = schema.safeParse(withoutNul(value));
    if (checked.success) return { success: true as const, data: checked.data };
    const issue = checked.error.issues[0]!;
    return { success: false as const, why: `${issue.path.join('.') || 'it'}: ${issue.message}` };
  } catch {
    return { success: false as const, why: 'it is not JSON' };
  }
}

/** PostgreSQL stores no character 0, neither in text nor in JSON, and no half of a character in JSON. */
const withoutNul = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, inner) =>
    typeof inner === 'string' ? inner.replace(/\0|\p{Cs}/gu, '') : inner,
  );
