import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { blobPath } from '@/server/db/blobs';
import { asJson, db } from '@/server/db/client';
import { AppError, isDatabaseAway } from '@/server/errors';
import type { DatasetReport, DatasetSource, PropertyDefinition } from '@/server/schemas/datasets';
import { inThread } from '../../structures/thread/in-thread';
import { Definitions } from './definitions';
import type { ReadLine } from './read-lines';
import { ReportWriter } from './report';
import { writeEntries, writeReferences } from './write-entries';

/** Lines that are read, checked and stored at once. */
const BATCH_LINES = 200;
const BATCH_BYTES = 4 * 1024 ** 2;
const LINE_BYTES_MAX = 8 * 1024 ** 2;
/** Of the unpacked file. */
const UNPACKED_MAX = 16 * 1024 ** 3;
const BATCH_DEADLINE_MS = 20_000;

/**
 * Reads a dataset's file from where the last run ended. Each batch is one transaction with the place that it reached: whenever the process ends,
 * the next one goes on behind the last whole batch, and nothing is taken twice. False where it was told to stop before its end.
 */
export async function runImport(datasetId: string, signal: AbortSignal): Promise<boolean> {
  const row = await db().dataset.findUnique({ where: { id: datasetId } });
  if (row?.state !== 'importing' || !row.sourceSha256) return true;
  const source = row.source as unknown as DatasetSource;
  const definitions = new Definitions(row.properties as unknown as PropertyDefinition[]);
  const report = new ReportWriter(row.report as unknown as DatasetReport);
  let { lines: begin } = source;
  try {
    for await (const batch of batches(linesOf(row.sourceSha256), begin)) {
      if (signal.aborted) return false;
      const lines = await readBatch(batch.lines);
      const isStored = await store(
        { datasetId, begin, source: { ...source, ...batch.end }, definitions, report },
        lines,
      );
      if (!isStored) return true;
      begin = batch.end.lines;
    }
    await finish(datasetId, 'ready', report);
  } catch (err) {
    if (isDatabaseAway(err)) throw err;
    report.refuse(
      'The file',
      err instanceof BadFile
        ? err.message
        : 'Reading it met a fault that was not foreseen; the log on the server says more.',
    );
    await finish(datasetId, 'interrupted', report);
    if (!(err instanceof BadFile)) throw err;
  }
  return true;
}

/** The file as a whole cannot be read on. */
class BadFile extends Error {
  override readonly name = 'BadFile';
}

interface Line {
  text: string;
  /** Of the unpacked file, up to its end. */
  bytesRead: number;
}

async function* linesOf(sha256: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let bytesRead = 0;
  for await (const chunk of unpacked(sha256)) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      bytesRead += end + 1;
      yield { text: rest.toString('utf8', 0, end), bytesRead };
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LINE_BYTES_MAX)
      throw new BadFile(`A line of it is longer than ${LINE_BYTES_MAX / 1024 ** 2} MB: it is no file of JSON lines.`);
    if (bytesRead > UNPACKED_MAX) throw new BadFile(`It unpacks to more than ${UNPACKED_MAX / 1024 ** 3} GB.`);
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), bytesRead: bytesRead + rest.length };
}

async function* unpacked(sha256: string): AsyncGenerator<Buffer> {
  const path = blobPath(sha256);
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
      throw new BadFile(`It cannot be unpacked: ${(err as Error).message}.`);
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

/** In a thread with a deadline and a memory limit; a line that brings it down is found by halving and left out alone. */
async function readBatch(lines: string[]): Promise<ReadLine[]> {
  try {
    return await inThread('readDatasetLines', { lines }, BATCH_DEADLINE_MS);
  } catch (err) {
    if (!(err instanceof AppError) || !err.details.endsThread) throw err;
    if (lines.length === 1)
      return [
        { is: 'refused', what: lines[0]!.slice(0, 60), why: 'Reading it took more time or memory than is allowed.' },
      ];
    const middle = lines.length >> 1;
    return [...(await readBatch(lines.slice(0, middle))), ...(await readBatch(lines.slice(middle)))];
  }
}

interface Progress {
  datasetId: string;
  /** Lines that were read before this batch: another worker that took the reading over is found by it. */
  begin: number;
  source: DatasetSource;
  definitions: Definitions;
  report: ReportWriter;
}

/** False where the dataset was removed meanwhile, or somebody else reads it. */
async function store(
  { datasetId, begin, source, definitions, report }: Progress,
  lines: readonly ReadLine[],
): Promise<boolean> {
  for (const line of lines) {
    if (line.is === 'definitions') definitions.describe(line.properties);
    if (line.is === 'refused') report.refuse(line.what, line.why);
  }
  const entries = lines.flatMap((line) => (line.is === 'entry' ? [line.entry] : []));
  for (const entry of entries) {
    const { kept, refused } = definitions.fit(entry.properties);
    entry.properties = kept;
    for (const why of refused) report.leaveOut(entry.key, why);
  }
  const references = lines.flatMap((line) => (line.is === 'reference' ? [line] : []));
  return db().$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ entryCount: number; state: string; lines: number }[]>`
      SELECT "entryCount", "state"::text, ("source" ->> 'lines')::integer AS "lines" FROM "Dataset" WHERE "id" = ${datasetId}::uuid FOR UPDATE`;
    if (row?.state !== 'importing' || row.lines !== begin) return false;
    const repeated = await writeEntries(tx, datasetId, row.entryCount + 1, entries);
    await writeReferences(tx, datasetId, references);
    for (const key of repeated) report.repeat(key);
    report.taken(entries.length - repeated.length);
    await tx.dataset.update({
      where: { id: datasetId },
      data: {
        entryCount: { increment: entries.length - repeated.length },
        revision: { increment: 1 },
        source: asJson(source),
        properties: asJson(definitions.list),
        report: asJson(report.value),
        updatedAt: new Date(),
      },
    });
    return true;
  });
}

async function finish(datasetId: string, state: 'ready' | 'interrupted', report: ReportWriter): Promise<void> {
  await db().dataset.updateMany({
    where: { id: datasetId, state: 'importing' },
    data: { state, report: asJson(report.value), revision: { increment: 1 }, updatedAt: new Date() },
  });
  // So that plans know the shares of elements from the first question on.
  await db().$executeRawUnsafe('ANALYZE "Entry"');
}
