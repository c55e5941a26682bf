import type { EntryMaking } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { loadEntry } from './entry-row';
import { SMALL_CRYSTALS, SMALL_CRYSTALS_FOLDER } from './small-crystals/place';
import { readRecord } from './small-crystals/read-records';
import type { Run } from './small-crystals/record';

/** How an entry of the platform's own dataset was made; null of any other, whose makers alone know. */
export async function getMaking(actor: Actor, asked: { slug: string; key: string }): Promise<EntryMaking | null> {
  const scope = await projectScope(actor, 'read');
  const { dataset, entry } = await loadEntry(scope, asked);
  if (dataset.projectId !== null || dataset.slug !== SMALL_CRYSTALS.slug) return null;
  const record = readRecord(SMALL_CRYSTALS_FOLDER, entry.key);
  if (!record) return null;
  const { endedAt, protocol, kernel, runs } = record;
  return {
    command: `node bin/brine.mjs dataset again ${entry.key}`,
    ...{ endedAt, protocol, kernel },
    runs: runs.map(toShown),
  };
}

function toShown({ name, input, output, failure }: Run): EntryMaking['runs'][number] {
  return {
    name,
    input: `${JSON.stringify(input, null, 2)}\n`,
    failure: failure?.message ?? null,
    seconds: output?.seconds ?? null,
    pseudopotentials: output?.pseudopotentials ?? {},
    irreducibleKpoints: output?.irreducibleKpoints ?? null,
    cutoffHartree: input.cutoffHartree!,
    backend: output?.backend ?? null,
    notes: output?.notes ?? [],
  };
}
