import { Readable } from 'node:stream';
import { streamBlob } from '@/server/db/blobs';
import type { Actor } from '@/server/services/actor';
import { projectScope } from '@/server/services/scope';
import { requireSet } from './set-row';

/** The lines of a frozen result as its hash was made of them. */
export async function openSet(
  actor: Actor,
  { id }: { id: string },
): Promise<{ fileName: string; sha256: string; stream: ReadableStream }> {
  const { datasetSlug, sha256 } = await requireSet(await projectScope(actor, 'read'), id);
  const stream = Readable.toWeb(await streamBlob(sha256)) as ReadableStream;
  return { fileName: `${datasetSlug}-${id.slice(-6)}.jsonl`, sha256, stream };
}
