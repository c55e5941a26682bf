import type { Structure } from '@/kernels/crystal/schema';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { bandsSettingsSchema } from '@/server/properties/bands/schema';
import type { Resolved } from '@/server/schemas/resolved';
import { inThread } from '../structures/thread/in-thread';

/** The data node of the structure that a relaxation left, with its structure; null where there is none. */
export async function findRelaxed(
  relaxProcessId: string,
): Promise<{ dataNodeId: string; structureId: string; structure: Structure } | null> {
  const link = await db().link.findFirst({
    where: { processId: relaxProcessId, kind: { in: ['create', 'return'] }, name: 'structure' },
    include: { dataNode: { include: { structure: true } } },
  });
  const row = link?.dataNode?.structure;
  if (!link?.dataNodeId || !row) return null;
  return { dataNodeId: link.dataNodeId, structureId: row.id, structure: row.data as unknown as Structure };
}

/** What was derived from the structure as it was given, for the relaxed one: its path may be another, as it may have more symmetry. */
export async function resolveRelaxed(resolved: Resolved, structure: Structure): Promise<Resolved> {
  const { bands } = resolved.properties;
  if (!bands?.path) return resolved;
  const { stepPerAngstrom } = bandsSettingsSchema.partial().parse(bands.settings);
  try {
    const path = await inThread('findPath', { structure, stepPerAngstrom: stepPerAngstrom! });
    return { ...resolved, properties: { ...resolved.properties, bands: { ...bands, path } } };
  } catch (err) {
    // A structure that cannot be analysed keeps the path that it had.
    if (err instanceof AppError && err.code === 'bad-structure') return resolved;
    throw err;
  }
}
