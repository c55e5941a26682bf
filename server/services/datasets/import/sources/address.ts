import { blobPath, putBlob } from '@/server/db/blobs';
import { asJson, db } from '@/server/db/client';
import { DATASET_BYTES_MAX, type DatasetSource } from '@/server/schemas/datasets';
import { fetchAddress } from '../../../remote/fetch-address';
import { SourceFault } from '../source-fault';
import { type Patience, refuseLater, tryAgain } from './try-again';

const TIMEOUT_MS = 4 * 3_600_000;

/** Brings a file from elsewhere into the store, and says in the dataset's row that it is there. Gives its path and what the row then says. */
export async function fetchFile(
  source: Extract<DatasetSource, { kind: 'address' }>,
  context: { datasetId: string; signal: AbortSignal; patience: Patience },
) {
  const { sha256, bytes } = await tryAgain(context, async () => {
    const answer = await fetchAddress(source.url, {
      bytesMax: DATASET_BYTES_MAX,
      timeoutMs: TIMEOUT_MS,
      signal: context.signal,
    });
    refuseLater(answer);
    if (answer.status >= 400) throw new SourceFault(`It answered ${answer.status}: there is no such file to be had.`);
    return putBlob(db(), answer.body);
  });
  const fetched = { ...source, bytes, waiting: null };
  await db().dataset.updateMany({
    where: { id: context.datasetId, state: 'importing', sourceSha256: null },
    data: { sourceSha256: sha256, source: asJson(fetched) },
  });
  return { path: blobPath(sha256), source: fetched };
}
