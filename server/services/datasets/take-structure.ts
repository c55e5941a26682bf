import type { z } from 'zod';
import type { Structure } from '@/kernels/crystal/schema';
import { notFound } from '@/server/errors';
import type { takeEntrySchema } from '@/server/schemas/datasets';
import type { StructureDetail } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { recordDatasetEntry, recordEdit } from '../provenance/record-structure';
import { projectScope } from '../scope';
import { storeStructure } from '../structures/store-structure';
import { inThread } from '../structures/thread/in-thread';
import type { Described } from '../structures/thread/tasks';
import { loadEntry } from './entry-row';

/**
 * An entry's structure as one of the project, to compute with; where it comes from stays with it. Of another cell or a single layer the entry's
 * own structure is the parent.
 */
export async function takeStructure(
  actor: Actor,
  { cell, layer, ...asked }: z.input<typeof takeEntrySchema>,
): Promise<StructureDetail> {
  const scope = await projectScope(actor, 'compute');
  const { dataset, entry, structure } = await loadEntry(scope, asked);
  const derived = await derive(structure, { cell: cell ?? 'given', layer });
  const described = await inThread('describe', structure);
  const stored = await storeStructure(scope, described, { name: entry.key, kind: 'dataset', fileName: dataset.title });
  const { slug, title, version, revision } = dataset;
  await recordDatasetEntry(actor, stored.id, { dataset: { slug, title, version, revision }, key: entry.key });
  if (!derived) return stored;
  const name = `${entry.key} (${derived.title.toLowerCase()})`;
  const taken = await storeStructure(scope, derived.described, { name, kind: 'derived', fileName: null });
  await recordEdit(actor, taken.id, { from: stored.id, title: derived.title, parameters: derived.parameters });
  return taken;
}

interface Derived {
  described: Described;
  title: string;
  parameters: Record<string, unknown>;
}

async function derive(
  structure: Structure,
  { cell, layer }: { cell: NonNullable<z.input<typeof takeEntrySchema>['cell']>; layer: number | undefined },
): Promise<Derived | null> {
  if (layer !== undefined) {
    const described = (await inThread('describeLayers', structure))[layer];
    if (!described) throw notFound('The layer');
    return { described, title: 'Single layer', parameters: { layer, vacuumAngstrom: 20 } };
  }
  if (cell === 'given') return null;
  const described = await inThread('deriveCell', { structure, cell });
  return { described, title: `${cell[0]!.toUpperCase()}${cell.slice(1)} cell`, parameters: { cell } };
}
