import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { readBatch } from '../read-batch';
import { SourceFault } from '../source-fault';
import type { FileSource, Piece } from './piece';

const BATCH_LINES = 200;
const BATCH_BYTES = 4 * 1024 ** 2;
const LINE_BYTES_MAX = 8 * 1024 ** 2;
/** Of the unpacked file. */
const UNPACKED_MAX = 16 * 1024 ** 3;

/** The pieces of a file of JSON Lines, packed with gzip or not, from the place on that it is read to. */
export async function* linesPieces(path: string, source: FileSource): AsyncGenerator<Piece> {
  for await (const { lines, end } of batches(linesOf(path), source.lines))
    yield { lines: await readBatch(lines), source: { ...source, ...end } };
}

interface Line {
  text: string;
  /** Of the unpacked file, up to its end. */
  bytesRead: number;
}

async function* linesOf(path: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let bytesRead = 0;
  for await (const chunk of unpacked(path)) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      bytesRead += end + 1;
      yield { text: rest.toString('utf8', 0, end), bytesRead };
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LINE_BYTES_MAX)
      throw new SourceFault(
        `A line of it is longer than ${LINE_BYTES_MAX / 1024 ** 2} MB: it is no file of JSON lines.`,
      );
    if (bytesRead > UNPACKED_MAX) throw new SourceFault(`It unpacks to more than ${UNPACKED_MAX / 1024 ** 3} GB.`);
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), bytesRead: bytesRead + rest.length };
}

/** The bytes of a file, unpacked where it is packed with gzip. */
export async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  if (!(await isGzip(path))) {
    yield* file as AsyncIterable<Buffer>;
    return;
  }
  const unpacker = createGunzip();
  file.on('error', (err) => unpacker.destroy(err));
  try {
    yield* file.pipe(unpacker) as AsyncIterable<Buffer>;
  } catch (err) {
    if (String((err as { code?: unknown }).code).startsWith('Z_'))
      throw new SourceFault(`It cannot be unpacked: ${(err as Error).message}.`);
    throw err;
  } finally {
    file.destroy();
  }
}

async function isGzip(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 1 })) return chunk[0] === 0x1f && chunk[1] === 0x8b;
  return false;
}

interface Batch {
  lines: string[];
  end: { lines: number; bytesRead: number };
}

async function* batches(lines: AsyncIterable<Line>, skip: number): AsyncGenerator<Batch> {
  let batch: string[] = [];
  let bytes = 0;
  let end = { lines: 0, bytesRead: 0 };
  for await (const { text, bytesRead } of lines) {
    end = { lines: end.lines + 1, bytesRead };
    if (end.lines <= skip) continue;
    batch.push(text);
    bytes += text.length;
    if (batch.length < BATCH_LINES && bytes < BATCH_BYTES) continue;
    yield { lines: batch, end };
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield { lines: batch, end };
}
