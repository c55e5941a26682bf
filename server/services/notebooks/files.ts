import type { z } from 'zod';
import { notFound } from '@/server/errors';
import { idSchema } from '@/server/schemas/common';
import type { FolderListing, filesAtSchema, moveFileSchema, removeFilesSchema } from '@/server/schemas/notebook/files';
import type { Actor, Scope } from '../actor';
import { projectScope } from '../scope';
import { requireNotebook } from './notebook-row';
import { askRuntimes, callRuntimes } from './runtimes';

const STREAM_MS = 3_600_000;

const address = (id: string, what: string, query: Record<string, string>) =>
  `/notebooks/${id}/files?${new URLSearchParams({ do: what, ...query })}`;

async function authorise(actor: Actor, id: string, need: Scope): Promise<void> {
  const scope = await projectScope(actor, need);
  if (!idSchema.safeParse(id).success) throw notFound('The notebook');
  await requireNotebook(scope, id);
}

/** What is in a folder of a notebook's. The process that runs notebooks reads it: the web has no hand in the file system. */
export async function listFiles(actor: Actor, { id, path }: z.output<typeof filesAtSchema>): Promise<FolderListing> {
  await authorise(actor, id, 'read');
  return askRuntimes('GET', address(id, 'list', { path }));
}

export async function makeFolder(actor: Actor, { id, path }: z.output<typeof filesAtSchema>): Promise<void> {
  await authorise(actor, id, 'write');
  await askRuntimes('POST', address(id, 'folder', { path }));
}

export async function moveFile(actor: Actor, { id, path, to }: z.infer<typeof moveFileSchema>): Promise<void> {
  await authorise(actor, id, 'write');
  await askRuntimes('POST', address(id, 'move', { path, to }));
}

/** Deletes files, and folders with all that is in them. */
export async function removeFiles(actor: Actor, { id, paths }: z.infer<typeof removeFilesSchema>): Promise<void> {
  await authorise(actor, id, 'write');
  for (const path of paths) await askRuntimes('POST', address(id, 'remove', { path }));
}

/** The bytes of a file as they come, with their number and a mark that changes with the file. */
export async function readFile(
  actor: Actor,
  { id, path }: { id: string; path: string },
): Promise<{ bytes: number; mark: string; stream: ReadableStream<Uint8Array> }> {
  await authorise(actor, id, 'read');
  const { headers, body } = await callRuntimes(address(id, 'bytes', { path }), {
    method: 'GET',
    signal: AbortSignal.timeout(STREAM_MS),
  });
  return {
    bytes: Number(headers.get('content-length')),
    mark: headers.get('etag')?.replaceAll('"', '') ?? '',
    stream: body!,
  };
}

/** Writes a file whole or not at all. `mark`: what it must be still, `new`: not there; null: whatever it is. */
export async function writeFile(
  actor: Actor,
  { id, path, mark, bytes }: { id: string; path: string; mark: string | null; bytes: ReadableStream },
): Promise<{ bytes: number; mark: string }> {
  await authorise(actor, id, 'write');
  const query = { path, ...(mark === null ? {} : { mark }) };
  const answer = await callRuntimes(address(id, 'bytes', query), {
    method: 'PUT',
    bytes,
    signal: AbortSignal.timeout(STREAM_MS),
  });
  return (await answer.json()) as { bytes: number; mark: string };
}
