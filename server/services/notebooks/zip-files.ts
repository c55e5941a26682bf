import { Readable } from 'node:stream';
import { AppError } from '@/server/errors';
import type { Actor } from '../actor';
import { type NewFile, writeZip } from '../provenance/archive/write-zip';
import { listFiles, readFile } from './files';

/** One file is held in memory at a time. */
const FILE_BYTES_MAX = 500_000_000;
const ALL_BYTES_MAX = 3_500_000_000;
const FILES_MAX = 20_000;

interface Selection {
  id: string;
  /** The folder in which they stand; names in the archive begin there. */
  folder: string;
  names: string[];
}

/** Files and folders of one folder of a notebook as a zip archive that streams out. Links are left out. */
export async function zipFiles(actor: Actor, { id, folder, names }: Selection): Promise<ReadableStream> {
  const { entries } = await listFiles(actor, { id, path: folder });
  const chosen = entries.filter(({ name }) => names.includes(name));
  if (chosen.length === 0)
    throw new AppError('bad-input', 'nothing to pack', { userMessage: 'None of these files is there any more.' });
  const files = await gather(actor, id, folder, chosen);
  return Readable.toWeb(Readable.from(writeZip(read(actor, id, folder, files)))) as ReadableStream;
}

const join = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`);

/** Paths of plain files from the folder on; refuses more than an archive of this kind holds. */
async function gather(
  actor: Actor,
  id: string,
  folder: string,
  chosen: { name: string; kind: string; bytes: number }[],
): Promise<string[]> {
  const found: string[] = [];
  let bytes = 0;
  const waiting = chosen.map((entry) => ({ ...entry, path: entry.name }));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { kind, path } = next;
    if (kind === 'folder') {
      const { entries, leftOut } = await listFiles(actor, { id, path: join(folder, path) });
      if (leftOut > 0) throw tooMuch();
      waiting.push(...entries.map((entry) => ({ ...entry, path: `${path}/${entry.name}` })));
    } else if (kind === 'file') {
      bytes += next.bytes;
      found.push(path);
      if (next.bytes > FILE_BYTES_MAX || bytes > ALL_BYTES_MAX || found.length > FILES_MAX) throw tooMuch();
    }
  }
  return found;
}

async function* read(actor: Actor, id: string, folder: string, paths: string[]): AsyncGenerator<NewFile> {
  for (const path of paths) {
    const { bytes, stream } = await readFile(actor, { id, path: join(folder, path) });
    if (bytes > FILE_BYTES_MAX) throw tooMuch();
    yield { path: path.replaceAll('\\', '_'), bytes: Buffer.from(await new Response(stream).arrayBuffer()) };
  }
}

const tooMuch = () =>
  new AppError('too-large', 'too much for one archive', {
    userMessage: `This is too much for one archive: it takes ${FILES_MAX} files, of ${FILE_BYTES_MAX / 1e6} MB each at most. Choose fewer, or take large files one by one.`,
  });
