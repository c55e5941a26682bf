import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { putBlob } from '@/server/db/blobs';
import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { logger } from '@/server/log';
import type { DatasetSource } from '@/server/schemas/datasets';
import { inThread } from '../../structures/thread/in-thread';
import { emptyReport } from '../import/report';
import { writeEntries } from '../import/write-entries';
import { definitions } from './definitions.data';
import { ENTRIES_FILE, SMALL_CRYSTALS, SMALL_CRYSTALS_FOLDER } from './place';
import { PROTOCOL_VERSION } from './protocol';

/**
 * Makes the platform's own dataset what the file that came with this Brine says: at the first start it is made, and a start with another file puts its
 * entries in the place of the former. Nothing is done where it is so already, or where a project has taken its name.
 */
export async function ensureSmallCrystals(folder = SMALL_CRYSTALS_FOLDER): Promise<void> {
  const bytes = await readFile(join(folder, ENTRIES_FILE));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { slug } = SMALL_CRYSTALS;
  const found = await db().dataset.findUnique({ where: { slug }, select: { sourceSha256: true, projectId: true } });
  if (found?.sourceSha256 === sha256) return;
  if (found && found.projectId !== null) {
    logger.warn({ slug }, 'a dataset of a project bears the name of the platform’s own, which is therefore not there');
    return;
  }
  const lines = bytes.toString('utf8').split('\n');
  const entries = await readAll(lines);
  const source: DatasetSource = {
    ...{ kind: 'file', fileName: ENTRIES_FILE, bytes: bytes.byteLength, lines: lines.length },
    bytesRead: bytes.byteLength,
  };
  const data = {
    ...SMALL_CRYSTALS,
    version: `${PROTOCOL_VERSION}.${entries.length}`,
    ...{ properties: asJson(definitions), source: asJson(source), sourceSha256: sha256, state: 'ready' as const },
    report: asJson({ ...emptyReport, entries: entries.length }),
    entryCount: entries.length,
    // The file says them.
    symmetryCount: entries.length,
    updatedAt: new Date(),
  };
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('small-crystals', 0))`;
    const before = await tx.dataset.findUnique({ where: { slug }, select: { id: true, sourceSha256: true } });
    if (before?.sourceSha256 === sha256) return;
    await putBlob(tx, bytes);
    if (before) await tx.entry.deleteMany({ where: { datasetId: before.id } });
    const { id } = await tx.dataset.upsert({
      where: { slug },
      create: { id: newId(), ...data },
      update: { ...data, revision: { increment: 1 } },
    });
    await writeEntries(tx, id, 1, entries);
  });
}

async function readAll(lines: string[]) {
  const read = await inThread('readDatasetLines', { lines });
  const entries = read.flatMap((line) => {
    // The file is ours: a line that cannot be taken is a defect.
    if (line.is === 'refused') throw new Error(`${line.what}: ${line.why}`);
    return line.is === 'entry' ? [line.entry] : [];
  });
  const names = new Set(definitions.map(({ name }) => name));
  for (const entry of entries)
    entry.properties = Object.fromEntries(Object.entries(entry.properties).filter(([name]) => names.has(name)));
  return entries;
}
