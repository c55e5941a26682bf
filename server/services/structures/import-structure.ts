import { Buffer } from 'node:buffer';
import type { z } from 'zod';
import { KernelError } from '@/kernels/core/errors';
import { decodeText } from '@/kernels/crystal/formats/decode-text';
import { putBlob } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import { cleanLine } from '@/server/schemas/common';
import { type importStructureSchema, STRUCTURE_BYTES_MAX, type StructureDetail } from '@/server/schemas/structure';
import type { Actor } from '../actor';
import { recordImport } from '../provenance/record-structure';
import { projectScope } from '../scope';
import { storeStructure } from './store-structure';
import { inThread } from './thread/in-thread';

/** Reads a structure from text or bytes, and keeps it with the file it came from. */
export async function importStructure(
  actor: Actor,
  input: z.infer<typeof importStructureSchema>,
): Promise<StructureDetail> {
  const bytes = input.text === undefined ? Buffer.from(input.base64!, 'base64') : Buffer.from(input.text, 'utf8');
  return importBytes(actor, { bytes, fileName: input.fileName ?? null, source: input.source });
}

interface StructureFile {
  bytes: Buffer;
  fileName: string | null;
  source: 'upload' | 'text' | 'cli';
}

export async function importBytes(actor: Actor, { bytes, source, ...file }: StructureFile): Promise<StructureDetail> {
  const scope = await projectScope(actor, 'compute');
  const fileName = file.fileName && cleanLine(file.fileName);
  if (bytes.byteLength > STRUCTURE_BYTES_MAX) throw tooLarge();
  const described = await inThread('read', { text: decode(bytes), fileName: fileName ?? '' });
  const { sha256 } = await putBlob(db(), bytes);
  const name = fileName?.replace(/\.[A-Za-z0-9]{1,8}$/, '') || described.formula;
  const stored = await storeStructure(scope, described, { name, kind: source, fileName, sourceSha256: sha256 });
  await recordImport(actor, stored.id, { sha256, fileName });
  return stored;
}

export const tooLarge = () =>
  new AppError('too-large', 'structure file above the limit', {
    userMessage: `The file is larger than ${STRUCTURE_BYTES_MAX / 1024 ** 2} MB, the most that is read as a structure. Is it a trajectory? Upload a single frame of it.`,
  });

function decode(bytes: Buffer): string {
  try {
    return decodeText(bytes);
  } catch (err) {
    if (!(err instanceof KernelError)) throw err;
    throw new AppError('unsupported-format', err.message, { details: { code: err.code } });
  }
}
