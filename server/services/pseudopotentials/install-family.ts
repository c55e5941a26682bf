import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { putBlob } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import { AppError } from '@/server/errors';
import { cleanLine } from '@/server/schemas/common';
import type { FamilyDetail } from '@/server/schemas/pseudopotentials';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { limits } from './archive/entries';
import { readArchive } from './archive/read-archive';
import { FamilyCollector } from './collect-family';
import { toFamilyDetail } from './family-row';

const NAME_MAX = 100;

/**
 * Installs a family for the project from an archive (zip, tar.gz, tar) of UPF files, with a table of cutoffs in the layout of SSSP
 * or PseudoDojo where there is one. All of it or nothing.
 */
export async function installFamily(
  actor: Actor,
  { name: given, archive }: { name: string; archive: AsyncIterable<Uint8Array> },
): Promise<FamilyDetail> {
  const { projectId } = await projectScope(actor, 'write');
  const name = cleanLine(given).trim();
  if (name === '' || name.length > NAME_MAX)
    throw new AppError('bad-input', 'bad name of a family', {
      userMessage: `A family has a name of up to ${NAME_MAX} characters.`,
    });
  const taken = new AppError('conflict', `family ${name} exists`, {
    userMessage: `There is a family named ${name} already. Choose another name, or remove that one first.`,
  });
  if (await db().pseudopotentialFamily.findFirst({ where: { projectId, name }, select: { id: true } })) throw taken;
  const { layout, functional, entries, notes, hashes } = await collect(archive);
  const description = `${entries.length} elements, ${functional}`;
  const rows = entries.map(({ cutoffs, cutoffHartree: _, functional: __, ...entry }) => ({
    ...entry,
    sha256: hashes.get(entry.fileName)!,
    cutoffFast: cutoffs.fast,
    cutoffBalanced: cutoffs.balanced,
    cutoffStringent: cutoffs.stringent,
  }));
  const row = await db()
    .pseudopotentialFamily.create({
      data: { projectId, name, description, layout, functional, pseudopotentials: { create: rows } },
      include: { pseudopotentials: true },
    })
    .catch((err) => {
      // Two uploads of one name at once.
      throw (err as { code?: string }).code === 'P2002' ? taken : err;
    });
  return toFamilyDetail(row, notes);
}

/** Through a file: a zip archive is read from its end, and an upload that breaks off leaves nothing. */
async function collect(archive: AsyncIterable<Uint8Array>) {
  const folder = join(env().dataFolder, 'uploads');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  try {
    await writeLimited(path, archive);
    const collector = new FamilyCollector();
    const hashes = new Map<string, string>();
    for await (const { path: name, bytes } of readArchive(path)) {
      if (!collector.add(name, bytes)) continue;
      const fileName = name.split('/').at(-1)!;
      if (hashes.has(fileName))
        throw new AppError('bad-input', 'two files of one name', {
          userMessage: `The archive holds two files named ${fileName}.`,
        });
      hashes.set(fileName, (await putBlob(db(), bytes)).sha256);
    }
    return { ...collector.finish(), hashes };
  } finally {
    await rm(path, { force: true });
  }
}

async function writeLimited(path: string, archive: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of archive) {
      bytes += chunk.byteLength;
      if (bytes > limits.archiveBytes)
        throw new AppError('too-large', 'archive above the limit', {
          userMessage: `The archive is larger than ${limits.archiveBytes / 1e6} MB.`,
        });
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
}
