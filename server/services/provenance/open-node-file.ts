import type { Readable } from 'node:stream';
import { streamBlob } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import { idSchema } from '@/server/schemas/common';
import type { Actor } from '../actor';
import { projectScope } from '../scope';

interface OpenedFile {
  name: string;
  bytes: number;
  mediaType: string;
  stream: Readable;
}

/** A file of a value as a stream, authorised through the value's project. */
export async function openNodeFile(actor: Actor, { id, name }: { id: string; name: string }): Promise<OpenedFile> {
  const scope = await projectScope(actor, 'read');
  if (!idSchema.safeParse(id).success) throw notFound('The file');
  const file = await db().dataNodeFile.findFirst({
    where: { dataNodeId: id, name, dataNode: scope },
    include: { blob: { select: { bytes: true } } },
  });
  if (!file) throw notFound('The file');
  const { mediaType, sha256, blob } = file;
  return { name, mediaType, bytes: Number(blob.bytes), stream: await streamBlob(sha256) };
}
