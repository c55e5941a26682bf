import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type ExportFormat, exportFormats } from '@/server/schemas/dataset-export';
import { userPath } from '../arguments';
import { CliError } from '../cli-error';
import { downloadFrom } from '../client';
import { findDataset } from './find-dataset';

export interface Asked {
  /** The address of the explorer, or what stands behind its question mark. */
  query: string | undefined;
  /** Of OPTIMADE, or anything else that the search box understands. */
  filter: string | undefined;
  columns: string | undefined;
  sort: string | undefined;
}

/** What was asked for, as the explorer's address says it. */
export function searchOf({ query, filter, columns, sort }: Asked): string {
  const search = new URLSearchParams(query?.replace(/^[^?]*\?/, '') ?? '');
  if (filter !== undefined) search.set('q', filter);
  if (columns !== undefined) search.set('cols', columns);
  if (sort !== undefined) search.set('sort', sort);
  return search.toString();
}

/** Writes what is found into a file, or to the output. */
export async function exportDataset(
  slug: string,
  asked: Asked & { format: string; output: string | undefined },
): Promise<number> {
  const format = exportFormats.find((one) => one === asked.format) satisfies ExportFormat | undefined;
  if (!format) throw new CliError(`${asked.format} is no format; ${exportFormats.join(', ')} are.`, 2);
  const output = asked.output === undefined ? null : userPath(asked.output);
  if (output && existsSync(output)) throw new CliError(`${asked.output} is there already.`, 2);
  if (!output && process.stdout.isTTY && (format === 'parquet' || format === 'cif'))
    throw new CliError(`Say with --output which file the ${format} goes to.`, 2);
  const { id } = await findDataset(slug);
  const stream = await downloadFrom(`/api/datasets/${id}/export?format=${format}&${searchOf(asked)}`);
  if (!output) {
    await pipeline(stream, process.stdout, { end: false });
    return 0;
  }
  try {
    await pipeline(stream, createWriteStream(output, { flags: 'wx' }));
  } catch (err) {
    rmSync(output, { force: true });
    throw new CliError(`${asked.output} could not be written: ${(err as Error).message}`);
  }
  return 0;
}
