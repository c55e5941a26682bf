import { db } from '@/server/db/client';
import type { CalculationMaking, EntryMaking, PropertyDefinition } from '@/server/schemas/datasets';
import { entryProvenanceSchema, PROVENANCE_PROPERTY } from '@/server/schemas/publication';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { type LoadedRow, loadEntry } from './entry-row';
import { SMALL_CRYSTALS, SMALL_CRYSTALS_FOLDER } from './small-crystals/place';
import { readRecord } from './small-crystals/read-records';
import type { Run } from './small-crystals/record';

/** How an entry was made that was computed here; null of any other, whose makers alone know. */
export async function getMaking(
  actor: Actor,
  asked: { slug: string; key: string },
): Promise<EntryMaking | CalculationMaking | null> {
  const scope = await projectScope(actor, 'read');
  const { dataset, entry } = await loadEntry(scope, asked);
  if ((dataset.source as { kind?: string }).kind === 'calculations') return ofCalculation(scope, { dataset, entry });
  if (dataset.projectId !== null || dataset.slug !== SMALL_CRYSTALS.slug) return null;
  const record = readRecord(SMALL_CRYSTALS_FOLDER, entry.key);
  if (!record) return null;
  const { endedAt, protocol, kernel, runs } = record;
  return {
    from: 'kernel',
    command: `node bin/brine.mjs dataset again ${entry.key}`,
    ...{ endedAt, protocol, kernel },
    runs: runs.map(toShown),
  };
}

/** Which of its nodes are there still: the entry stays when its calculation is deleted. */
async function ofCalculation(
  scope: { projectId: string },
  { dataset, entry }: Pick<LoadedRow, 'dataset' | 'entry'>,
): Promise<CalculationMaking | null> {
  const said = (entry.properties as Record<string, unknown>)[PROVENANCE_PROPERTY];
  const { success, data } = entryProvenanceSchema.safeParse(said);
  if (!success) return null;
  const { nodes, structureNode, ...provenance } = data;
  const ids = [...new Set([...Object.values(nodes), ...(structureNode ? [structureNode] : [])])];
  const [calculation, rows] = await Promise.all([
    db().calculation.findFirst({ where: { ...scope, id: data.calculation }, select: { id: true } }),
    db().dataNode.findMany({ where: { ...scope, id: { in: ids } }, select: { id: true } }),
  ]);
  const there = new Set(rows.map(({ id }) => id));
  const definitions = dataset.properties as unknown as PropertyDefinition[];
  return {
    from: 'calculation',
    ...provenance,
    structureNode: structureNode && there.has(structureNode) ? structureNode : null,
    isThere: calculation !== null,
    numbers: definitions.flatMap(({ name, title }) =>
      nodes[name] ? [{ title, node: nodes[name], isThere: there.has(nodes[name]) }] : [],
    ),
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
