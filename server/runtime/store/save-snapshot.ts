import { asJson, type Database } from '@/server/db/client';
import type { NotebookState } from '@/server/schemas/notebook/state';
import { fromBase64 } from '@/server/schemas/notebook/text';
import { blobsOf } from '@/server/schemas/notebook/to-file';

/** Snapshots that are kept; with the oldest go the operations before it. */
const KEPT = 2;

/** Stores the notebook whole, and lets go of the operations that no kept snapshot needs. */
export async function saveSnapshot(
  db: Database,
  notebookId: string,
  state: NotebookState,
  text: string,
): Promise<void> {
  const data = { state: asJson(state), text: fromBase64(text) as Uint8Array<ArrayBuffer> };
  await db.notebookSnapshot.upsert({
    where: { notebookId_number: { notebookId, number: state.number } },
    create: { notebookId, number: state.number, ...data },
    update: data,
  });
  const kept = await db.notebookSnapshot.findMany({
    where: { notebookId },
    orderBy: { number: 'desc' },
    take: KEPT,
  });
  const oldest = kept.at(-1)!.number;
  await db.notebookSnapshot.deleteMany({ where: { notebookId, number: { lt: oldest } } });
  await db.notebookOperation.deleteMany({ where: { notebookId, number: { lte: oldest } } });
}

/** Lets go of large values that no output, now or in a version, uses any more. Only while nothing runs: a value is stored before the output that uses it. */
export async function dropUnusedBlobs(db: Database, notebookId: string): Promise<void> {
  const snapshots = await db.notebookSnapshot.findMany({ where: { notebookId } });
  const used = snapshots.flatMap((snapshot) => [...blobsOf(snapshot.state as unknown as NotebookState).keys()]);
  const versions = await db.notebookVersion.findMany({ where: { notebookId }, select: { blobs: true } });
  const kept = [...new Set([...used, ...versions.flatMap(({ blobs }) => blobs)])];
  await db.notebookBlob.deleteMany({ where: { notebookId, sha256: { notIn: kept } } });
}
