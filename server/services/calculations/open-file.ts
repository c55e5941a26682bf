import type { Readable } from 'node:stream';
import { streamBlob } from '@/server/db/blobs';
import { notFound } from '@/server/errors';
import type { CalculationFileEntry } from '@/server/schemas/calculation';
import { idSchema } from '@/server/schemas/common';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { listFiles } from './list-files';
import { outputsOf } from './outputs';

interface FileName {
  id: string;
  processId: string;
  name: string;
}

/** A file of a calculation as a stream, authorised through the calculation. */
export async function openFile(
  actor: Actor,
  { id, processId, name }: FileName,
): Promise<{ entry: CalculationFileEntry; stream: Readable }> {
  await projectScope(actor, 'read');
  if (!idSchema.safeParse(id).success) throw notFound('The file');
  const entry = (await listFiles(actor, { id })).find((file) => file.processId === processId && file.name === name);
  if (!entry) throw notFound('The file');
  const [output, inner] = name.includes('/') ? (name.split('/', 2) as [string, string]) : ['files', name];
  const link = (await outputsOf(id, output)).find((candidate) => candidate.process.id === processId);
  const file = link?.dataNode?.files.find((candidate) => candidate.name === inner);
  if (!file) throw notFound('The file');
  return { entry, stream: await streamBlob(file.sha256) };
}
