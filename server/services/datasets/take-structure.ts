import type { StructureDetail } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { recordDatasetEntry } from '../provenance/record-structure';
import { projectScope } from '../scope';
import { storeStructure } from '../structures/store-structure';
import { inThread } from '../structures/thread/in-thread';
import { loadEntry } from './entry-row';

/** An entry's structure as one of the project, to compute with; where it comes from stays with it. */
export async function takeStructure(actor: Actor, asked: { slug: string; key: string }): Promise<StructureDetail> {
  const scope = await projectScope(actor, 'compute');
  const { dataset, entry, structure } = await loadEntry(scope, asked);
  const described = await inThread('describe', structure);
  const stored = await storeStructure(scope, described, { name: entry.key, kind: 'dataset', fileName: dataset.title });
  const { slug, title, version, revision } = dataset;
  await recordDatasetEntry(actor, stored.id, { dataset: { slug, title, version, revision }, key: entry.key });
  return stored;
}
