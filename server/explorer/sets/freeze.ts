import type { z } from 'zod';
import { putBlob } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { AppError } from '@/server/errors';
import type { keepSchema, ResultSet } from '@/server/schemas/result-sets';
import type { Actor } from '@/server/services/actor';
import { projectScope } from '@/server/services/scope';
import { foundRows } from '../found-rows';
import { setLines } from './set-lines';
import { toResultSet } from './set-row';

/** Keeps what a query finds at this moment, entry by entry with all values, under an address of its own. */
export async function freeze(actor: Actor, { slug, name, search }: z.infer<typeof keepSchema>): Promise<ResultSet> {
  const scope = await projectScope(actor, 'write');
  const { dataset, numbers } = await foundRows(actor, { slug }, search);
  if (dataset.state === 'importing')
    throw new AppError('blocked', 'the dataset is being read', {
      userMessage:
        'This database is still being read: what is found changes by itself. Freeze it when all of it is there.',
    });
  const { sha256 } = await putBlob(db(), bytes(setLines(dataset.id, numbers)));
  const { title, version, revision, licence, citation } = dataset;
  const row = await db().resultSet.create({
    data: {
      ...{ id: newId(), ...scope, datasetId: dataset.id, name, search, sha256, entryCount: numbers.length },
      ...{ datasetSlug: slug, datasetTitle: title, datasetVersion: version, datasetRevision: revision },
      ...{ datasetLicence: licence, datasetCitation: citation },
    },
  });
  return toResultSet(row);
}

async function* bytes(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(line);
}
