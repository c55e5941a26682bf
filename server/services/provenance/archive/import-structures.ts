import type { Structure } from '@/kernels/crystal/schema';
import { structureInput } from '@/kernels/crystal/structure';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { cleanLine } from '@/server/schemas/common';
import { storeStructure } from '../../structures/store-structure';
import { inThread } from '../../structures/thread/in-thread';
import type { StructureLine } from './format';
import type { Report } from './report';

/** The structures of an archive by their hash, each read and described anew: what is derived from it is not taken on trust. */
export async function importStructures(
  { projectId }: { projectId: string },
  rows: StructureLine[],
  report: Report,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const where = { projectId, hash: { in: rows.map((row) => row.hash) } };
  for (const { id, hash } of await db().structure.findMany({ where, select: { id: true, hash: true } }))
    ids.set(hash, id);
  for (const row of rows) {
    if (ids.has(row.hash)) {
      report.merged += 1;
      continue;
    }
    try {
      const text = JSON.stringify(structureInput(row.data as unknown as Structure));
      const described = await inThread('read', { text, fileName: 'structure.json' });
      if (described.hash !== row.hash) throw new AppError('bad-input', 'it is another than its hash says');
      const origin = {
        name: cleanLine(row.name) || described.formula,
        kind: 'upload',
        fileName: row.fileName,
      } as const;
      ids.set(row.hash, (await storeStructure({ projectId }, described, origin)).id);
      report.added.structures += 1;
    } catch (err) {
      report.skip(`structure ${row.name}`, err instanceof AppError ? err.userMessage : 'it is no structure');
    }
  }
  return ids;
}
