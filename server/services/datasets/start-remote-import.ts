import { basename } from 'node:path/posix';
import type { z } from 'zod';
import { AppError } from '@/server/errors';
import { cleanLine } from '@/server/schemas/common';
import type { DatasetSource, DatasetSummary, importFromSchema } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { checkAddress, RemoteFault, readAddress } from '../remote/fetch-address';
import { projectScope } from '../scope';
import { optimadeBase } from './import/sources/optimade';
import { createDataset, withoutEnding } from './start-import';

/** Has a worker read a database that is elsewhere: all of an OPTIMADE server or what a filter finds there, or a file. */
export async function startRemoteImport(
  actor: Actor,
  { kind, url, title, filter }: z.infer<typeof importFromSchema>,
): Promise<DatasetSummary> {
  const scope = await projectScope(actor, 'write');
  try {
    const address = readAddress(url);
    await checkAddress(address);
    const fileName = cleanLine(decodeURI(basename(address.pathname))).slice(0, 255) || address.hostname;
    // An address that was copied from another program may have its filter in it.
    const wanted = filter || (address.searchParams.get('filter') ?? '').slice(0, 4_000);
    const source: DatasetSource =
      kind === 'optimade'
        ? { kind, url: optimadeBase(url), filter: wanted, next: null, lines: 0, entriesExpected: null, waiting: null }
        : { kind, url: address.href, fileName, bytes: 0, lines: 0, bytesRead: 0, waiting: null };
    const fallback = kind === 'optimade' ? address.hostname : withoutEnding(fileName);
    return await createDataset(scope, { title, fallback, source, sourceSha256: null });
  } catch (err) {
    if (err instanceof RemoteFault || err instanceof URIError)
      throw new AppError('bad-input', err.message, { userMessage: err.message });
    throw err;
  }
}
