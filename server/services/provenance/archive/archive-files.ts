import { readBlob } from '@/server/db/blobs';
import { VERSION } from '@/server/env';
import type { Selection } from './collect';
import { blobPathOf, FORMAT, FORMAT_VERSION } from './format';
import type { NewFile } from './write-zip';

/** The files of our own archive. */
export async function* archiveFiles(selection: Selection): AsyncGenerator<NewFile> {
  const { roots, structures, calculations, processes, nodes, links, notes, blobs } = selection;
  const manifest = {
    ...{ format: FORMAT, version: FORMAT_VERSION, program: `Brine ${VERSION}`, roots },
    createdAt: new Date().toISOString(),
  };
  yield { path: 'manifest.json', bytes: Buffer.from(JSON.stringify(manifest, null, 2)) };
  for (const [name, rows] of Object.entries({ structures, calculations, processes, nodes, links, notes }))
    yield { path: `${name}.jsonl`, bytes: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')) };
  for (const hash of blobs.keys()) yield { path: blobPathOf(hash), bytes: await readBlob(hash) };
}
