import { putBlob } from '@/server/db/blobs';
import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { AppError } from '@/server/errors';
import { cleanLine } from '@/server/schemas/common';
import { DATASET_BYTES_MAX, type DatasetSource, type DatasetSummary, slugOf } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { enqueue } from '../calculations/enqueue';
import { projectScope } from '../scope';
import { toDatasetSummary } from './dataset-row';
import { emptyReport } from './import/report';

/** The name of the workflow that reads a dataset; the worker's. */
export const DATASET_IMPORT = 'dataset-import';
const TITLE_MAX = 200;

/** Keeps an uploaded file (JSON Lines, a table, an archive of structures), and has a worker read it. */
export async function startImport(
  actor: Actor,
  input: { title: string; fileName: string; bytes: AsyncIterable<Uint8Array> },
): Promise<DatasetSummary> {
  const scope = await projectScope(actor, 'write');
  const fileName = cleanLine(input.fileName).slice(0, 255);
  const { sha256, bytes } = await putBlob(db(), limited(input.bytes));
  const source: DatasetSource = { kind: 'file', fileName, bytes, lines: 0, bytesRead: 0 };
  return createDataset(scope, { title: input.title, fallback: withoutEnding(fileName), source, sourceSha256: sha256 });
}

export const withoutEnding = (fileName: string) =>
  fileName.replace(/(\.jsonl|\.json|\.gz|\.optimade|\.zip|\.csv)+$/i, '');

interface NewDataset {
  title: string;
  /** What it is called where nobody says. */
  fallback: string;
  source: DatasetSource;
  sourceSha256: string | null;
  /** Of one that is made of others. */
  curation?: { againOfId: string | null };
}

/** A dataset that a worker will read. */
export async function createDataset(scope: { projectId: string }, asked: NewDataset): Promise<DatasetSummary> {
  const title = cleanLine(asked.title).trim().slice(0, TITLE_MAX) || asked.fallback.slice(0, TITLE_MAX) || 'Dataset';
  const row = await db().$transaction(async (tx) => {
    const created = await tx.dataset.create({
      data: {
        id: newId(),
        ...scope,
        slug: await freeSlug(slugOf(title)),
        title,
        ...{ version: '1', description: '', licence: '', citation: '' },
        source: asJson(asked.source),
        sourceSha256: asked.sourceSha256,
        state: 'importing',
        report: asJson(emptyReport),
        ...(asked.curation ? { curation: { create: asked.curation } } : {}),
      },
    });
    await enqueue(tx, created.id, 'normal', DATASET_IMPORT);
    return created;
  });
  return toDatasetSummary(row, scope);
}

async function* limited(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.byteLength;
    if (total > DATASET_BYTES_MAX)
      throw new AppError('too-large', 'dataset file above the limit', {
        userMessage: `The file is larger than ${DATASET_BYTES_MAX / 1024 ** 3} GB, the most that is taken as a dataset. Pack it with gzip, or split it.`,
      });
    yield chunk;
  }
}

/** "oxides", "oxides-2", ... */
async function freeSlug(wanted: string): Promise<string> {
  const rows = await db().dataset.findMany({ where: { slug: { startsWith: wanted } }, select: { slug: true } });
  const taken = new Set(rows.map(({ slug }) => slug));
  for (let n = 1; ; n++) {
    const slug = n === 1 ? wanted : `${wanted.slice(0, 55)}-${n}`;
    if (!taken.has(slug)) return slug;
  }
}
