import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import type { Actor } from '@/server/services/actor';
import { requireDataset } from '@/server/services/datasets/dataset-row';
import { projectScope } from '@/server/services/scope';
import { OptimadeError } from './errors';
import { explainDatabase, TIMEOUT_MS } from './structures/find-entries';
import { numbersOf } from './structures/select';

/** Which rows of a dataset a filter finds: bit i of the bytes (in base 64) is the entry of number i + 1. */
export async function matchRows(
  actor: Actor,
  { slug, filter }: { slug: string; filter: string },
): Promise<{ bits: string }> {
  const dataset = await requireDataset(await projectScope(actor, 'read'), { slug });
  try {
    const { text, values } = numbersOf(dataset.id, dataset.properties as unknown as PropertyDefinition[], filter);
    const rows = await db()
      .$transaction(async (tx) => {
        await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(TIMEOUT_MS)}, true)`;
        return tx.$queryRawUnsafe<{ numbers: number[] | null }[]>(text, ...values);
      })
      .catch(explainDatabase);
    const bits = Buffer.alloc(Math.ceil(dataset.entryCount / 8));
    for (const number of rows[0]!.numbers ?? []) bits[(number - 1) >> 3]! |= 1 << ((number - 1) & 7);
    return { bits: bits.toString('base64') };
  } catch (err) {
    if (err instanceof OptimadeError) throw new AppError('bad-input', err.message);
    throw err;
  }
}
