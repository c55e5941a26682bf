import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { env } from '@/server/env';
import { AppError } from '@/server/errors';
import type { Database } from './client';

const pathOf = (sha256: string) => join(env().blobFolder, sha256.slice(0, 2), sha256.slice(2));

/**
 * Stores bytes under their SHA-256: temporary file, fsync, rename, then the row, so that a row without a file cannot be.
 * Storing the same bytes again renews their date, so that the sweeper leaves them to the new user.
 */
export async function putBlob(db: Database, bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<StoredBlob> {
  if (bytes instanceof Uint8Array) {
    const known = await renewBlob(db, bytes);
    if (known) return known;
  }
  const folder = join(env().blobFolder, 'incoming');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, randomUUID());
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(temporary, 'wx', 0o600);
  try {
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      hash.update(chunk);
      size += chunk.byteLength;
      await file.writeFile(chunk);
    }
    await file.sync();
    await file.close();
    const sha256 = hash.digest('hex');
    await mkdir(dirname(pathOf(sha256)), { recursive: true, mode: 0o700 });
    await rename(temporary, pathOf(sha256));
    await db.$executeRaw`INSERT INTO "Blob" ("sha256", "bytes") VALUES (${sha256}, ${size})
      ON CONFLICT ("sha256") DO UPDATE SET "createdAt" = now()`;
    return { sha256, bytes: size };
  } catch (err) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw err;
  }
}

/** Of bytes that are stored already nothing is written again. The row first: renewed, the sweeper leaves it. */
async function renewBlob(db: Database, bytes: Uint8Array): Promise<StoredBlob | null> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const count = await db.$executeRaw`UPDATE "Blob" SET "createdAt" = now() WHERE "sha256" = ${sha256}`;
  const file = count === 1 ? await stat(pathOf(sha256)).catch(() => null) : null;
  return file?.size === bytes.byteLength ? { sha256, bytes: file.size } : null;
}

export interface StoredBlob {
  sha256: string;
  bytes: number;
}

/** The caller has authorised the reading through the node that owns the blob: a hash grants nothing. */
export async function readBlob(sha256: string): Promise<Buffer> {
  return readFile(pathOf(sha256)).catch(missing(sha256));
}

/** Bytes `start` to `end`, both included; all of them by default. */
export async function streamBlob(sha256: string, range?: { start: number; end: number }): Promise<Readable> {
  await stat(pathOf(sha256)).catch(missing(sha256));
  return createReadStream(pathOf(sha256), range);
}

/** Where the file lies, for jobs that read it on this machine. */
export const blobPath = pathOf;

/** Deletes blobs that nothing has used for a day; returns how many. The row goes first: a reader then finds nothing. */
export async function sweepBlobs(db: Database): Promise<number> {
  const rows = await db.$queryRaw<{ sha256: string }[]>`DELETE FROM "Blob" b
    WHERE b."createdAt" < now() - interval '1 day'
      AND NOT EXISTS (SELECT 1 FROM "DataNodeFile" f WHERE f."sha256" = b."sha256")
      AND NOT EXISTS (SELECT 1 FROM "Structure" s WHERE s."sourceSha256" = b."sha256")
      AND NOT EXISTS (SELECT 1 FROM "Pseudopotential" p WHERE p."sha256" = b."sha256")
      AND NOT EXISTS (SELECT 1 FROM "NotebookBlob" n WHERE n."sha256" = b."sha256")
      AND NOT EXISTS (SELECT 1 FROM "Dataset" d WHERE d."sourceSha256" = b."sha256")
      AND NOT EXISTS (SELECT 1 FROM "ResultSet" r WHERE r."sha256" = b."sha256")
    RETURNING b."sha256"`;
  for (const { sha256 } of rows) await rm(pathOf(sha256), { force: true });
  return rows.length;
}

const missing = (sha256: string) => (err: NodeJS.ErrnoException) => {
  if (err.code === 'ENOENT') throw new AppError('not-found', `blob ${sha256} has no file`);
  throw err;
};
