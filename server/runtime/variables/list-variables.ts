import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Variables } from '@/server/schemas/notebook/notebooks';
import type { Runtime } from '../jupyter/runtime';
import { namesLanguage } from '../names/names-of';
import { pythonExpression } from './python';
import { typescriptCode, VARIABLES } from './typescript';

const text = z.string().max(400);
const variablesSchema = z.object({
  variables: z.array(z.object({ name: text, type: text, value: text, size: text.nullable() })).max(200),
  leftOut: z.number().int().min(0),
});

/** The messages of a kernel, for whoever asked it something. */
export interface Heard {
  type: string;
  parentId: string | null | undefined;
  content: unknown;
}

type Listen = (listener: (message: Heard) => void) => () => void;

/**
 * Variables of a kernel that is idle, by silent execution: no history, no count, no output. Of TypeScript those of the names given. null
 * where the kernel's language is another, or it gives no answer that can be read.
 */
export async function listVariables(
  runtime: Pick<Runtime, 'execute'>,
  language: string | null,
  { names, listen }: { names: readonly string[]; listen: Listen },
): Promise<Variables | null> {
  const known = namesLanguage(language);
  if (known === null) return null;
  const id = randomUUID();
  const quiet = { id, silent: true, storeHistory: false };
  if (known === 'python') {
    const { userExpressions } = await runtime.execute('', {
      ...quiet,
      userExpressions: { variables: pythonExpression() },
    });
    return parse(decode(userExpressions['variables']));
  }
  let told: unknown = null;
  const stop = listen(({ type, parentId, content }) => {
    if (type === VARIABLES && parentId === id) told = content;
  });
  try {
    await runtime.execute(typescriptCode(names), quiet);
  } finally {
    stop();
  }
  return parse(told);
}

function parse(value: unknown): Variables | null {
  const read = variablesSchema.safeParse(value);
  return read.success ? read.data : null;
}

/** The kernel shows a text of Python in its quotes. */
function decode(shown: unknown): unknown {
  const data = (shown as { data?: Record<string, unknown> } | undefined)?.data?.['text/plain'];
  const base64 = typeof data === 'string' ? /^'([A-Za-z0-9+/=]*)'$/.exec(data)?.[1] : undefined;
  if (base64 === undefined) return null;
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString());
  } catch {
    return null;
  }
}
