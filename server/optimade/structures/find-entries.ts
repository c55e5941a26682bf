import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import { OptimadeError } from '../errors';
import type { ListParameters } from '../parameters';
import type { ServedDataset } from '../site';
import { type Statement, selectEntries } from './select';
import type { EntryRow } from './write-entry';

/** No question holds the database longer. */
export const TIMEOUT_MS = 1_500;

export interface FoundEntries {
  rows: EntryRow[];
  hasMore: boolean;
  returned: number;
  unrecognised: string[];
}

/** A page of a dataset's entries, and how many there are on all pages. Throws OptimadeError. */
export async function findEntries(
  dataset: ServedDataset,
  parameters: Pick<ListParameters, 'filter' | 'limit' | 'from' | 'sort'>,
): Promise<FoundEntries> {
  const definitions = dataset.properties as unknown as PropertyDefinition[];
  const { page, count, unrecognised } = selectEntries(dataset.id, definitions, parameters);
  const isAll = parameters.filter === null;
  const known = isAll ? dataset.entryCount : counts.get(countKey(dataset, parameters.filter!));
  const { rows, returned } = await db()
    .$transaction(
      async (tx) => {
        const ask = <Row>({ text, values }: Statement) => tx.$queryRawUnsafe<Row[]>(text, ...values);
        // Where many ask at once, workers that one of them starts are time that the others wait.
        await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(TIMEOUT_MS)}, true),
          set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`;
        const rows = await ask<EntryRow>(page);
        // What ends on its first page is counted by reading it.
        if (known !== undefined) return { rows, returned: known };
        if (rows.length <= parameters.limit && 'skip' in parameters.from && parameters.from.skip === 0)
          return { rows, returned: rows.length };
        const [counted] = await ask<{ count: number }>(count);
        return { rows, returned: counted!.count };
      },
      { timeout: 4 * TIMEOUT_MS },
    )
    .catch(explainDatabase);
  if (!isAll) remember(countKey(dataset, parameters.filter!), returned);
  return { rows: rows.slice(0, parameters.limit), hasMore: rows.length > parameters.limit, returned, unrecognised };
}

/** Counts of filters, so that the pages behind the first cost nothing more; a change of the dataset makes another key. */
const counts = new Map<string, number>();
const COUNTS_MAX = 1_000;
const countKey = ({ id, revision }: ServedDataset, filter: string) => `${id}/${revision}/${filter}`;

function remember(key: string, count: number): void {
  counts.delete(key);
  counts.set(key, count);
  if (counts.size > COUNTS_MAX) counts.delete(counts.keys().next().value!);
}

/** PostgreSQL's 57014 is a statement that took too long; its class 22 a value that a comparison cannot take. */
export function explainDatabase(err: unknown): never {
  const text = err instanceof Error ? `${err.message} ${String((err as { code?: unknown }).code)}` : '';
  if (/57014|statement timeout/.test(text))
    throw new OptimadeError(
      503,
      `The search took longer than ${TIMEOUT_MS / 1000} s and was stopped: ask for elements or a formula as well.`,
    );
  if (/\b22[0-9A-Z]{3}\b/.test(text))
    throw new OptimadeError(501, 'A value of the filter is beyond what this database compares.');
  throw err instanceof Error ? err : new AppError('internal', String(err));
}
