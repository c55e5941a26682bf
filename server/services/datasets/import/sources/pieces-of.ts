import { open } from 'node:fs/promises';
import type { Dataset } from '@/generated/prisma/client';
import { blobPath } from '@/server/db/blobs';
import type { ReadSource } from '@/server/schemas/datasets';
import { fetchFile } from './address';
import { archivePieces } from './archive';
import { linesPieces } from './lines-file';
import { optimadePieces } from './optimade';
import type { FileSource, Piece } from './piece';
import { isTable, tablePieces } from './table-file';
import { type Patience, usualPatience } from './try-again';

/** What a dataset's source holds, from the place on that it was read to. Throws SourceFault. */
export async function* piecesOf(
  row: Dataset,
  signal: AbortSignal,
  patience: Patience = usualPatience,
): AsyncGenerator<Piece> {
  const source = row.source as unknown as ReadSource;
  const context = { datasetId: row.id, signal, patience };
  if (source.kind === 'optimade') return yield* optimadePieces(source, context);
  if (row.sourceSha256) return yield* filePieces(blobPath(row.sourceSha256), source, row.slug);
  if (source.kind !== 'address') return;
  const fetched = await fetchFile(source, context);
  yield* filePieces(fetched.path, fetched.source, row.slug);
}

/** By what the file is, whatever it is called. */
async function* filePieces(path: string, source: FileSource, slug: string): AsyncGenerator<Piece> {
  if (await isZip(path)) return yield* archivePieces(path, source, slug);
  if (await isTable(path)) return yield* tablePieces(path, source, slug);
  yield* linesPieces(path, source);
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1').startsWith('PK');
  } finally {
    await file.close();
  }
}
