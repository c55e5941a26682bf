import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { type ArchiveFile, limits, refuse } from './entries';
import { readTar } from './tar';
import { readZip } from './zip';

/** The plain files of a zip, tar.gz or tar archive, told apart by their first bytes. */
export async function* readArchive(path: string): AsyncGenerator<ArchiveFile> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(4);
    await file.read(head, 0, 4, 0);
    if (head.toString('latin1', 0, 2) === 'PK') yield* readZip(file);
    else if (head[0] === 0x1f && head[1] === 0x8b) yield* readTar(unzipped(path));
    else yield* readTar(createReadStream(path));
  } finally {
    await file.close();
  }
}

/** Unpacked bytes, no more than an archive may hold. */
async function* unzipped(path: string): AsyncGenerator<Uint8Array> {
  let total = 0;
  try {
    for await (const chunk of createReadStream(path).pipe(createGunzip()) as AsyncIterable<Buffer>) {
      total += chunk.byteLength;
      if (total > limits.totalBytes + 64 * 1024 ** 2) throw refuse('it unpacks to more than 1 GB');
      yield chunk;
    }
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code?.startsWith('Z_')) throw refuse('it is damaged');
    throw err;
  }
}
