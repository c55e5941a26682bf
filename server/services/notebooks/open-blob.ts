import type { Readable } from 'node:stream';
import { streamBlob } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import { idSchema } from '@/server/schemas/common';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebookOrVisit } from './notebook-row';

/** The bytes of a large output, for who may read the notebook that uses them. */
export async function openBlob(
  actor: Actor,
  { id, sha256 }: { id: string; sha256: string },
): Promise<{ bytes: number; stream: Readable }> {
  const scope = await projectScope(actor, 'read');
  if (!idSchema.safeParse(id).success) throw notFound('The notebook');
  await requireNotebookOrVisit(scope, actor, id);
  const use = await db().notebookBlob.findUnique({
    where: { notebookId_sha256: { notebookId: id, sha256 } },
    include: { blob: true },
  });
  if (!use) throw notFound('The output');
  return { bytes: Number(use.blob.bytes), stream: await streamBlob(sha256) };
}
