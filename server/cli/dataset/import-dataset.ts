import { createReadStream, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatasetSummary } from '@/server/schemas/datasets';
import { type NewFile, writeZip } from '@/server/services/provenance/archive/write-zip';
import { userPath } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect, uploadTo } from '../client';
import { findDataset, showDataset } from './find-dataset';

const POLL_MS = 500;
const FILES_MAX = 65_000;

export interface ImportAsked {
  title: string | undefined;
  isOptimade: boolean;
  filter: string | undefined;
  wait: boolean;
  json: boolean;
}

/** A file, a folder of structures, or an address; waits until all of it is there. */
export async function importDataset(what: string, asked: ImportAsked): Promise<number> {
  const made = /^https?:\/\//i.test(what) ? await fromAddress(what, asked) : await fromDisk(what, asked);
  return showDataset(asked.wait ? await untilRead(made) : made, asked.json);
}

async function fromAddress(url: string, { title, isOptimade, filter }: ImportAsked): Promise<DatasetSummary> {
  const kind = isOptimade || filter !== undefined ? 'optimade' : 'address';
  return asking(connect().datasets.importFrom.mutate({ kind, url, title: title ?? '', filter: filter ?? '' }));
}

async function fromDisk(path: string, { title, isOptimade, filter }: ImportAsked): Promise<DatasetSummary> {
  if (isOptimade || filter !== undefined)
    throw new CliError('--optimade and --filter go with the address of an OPTIMADE server.', 2);
  const full = userPath(path);
  const found = statSync(full, { throwIfNoEntry: false });
  if (!found?.isFile() && !found?.isDirectory()) throw new CliError(`${path} is no file and no folder.`, 2);
  const fileName = found.isDirectory() ? `${basename(full)}.zip` : basename(full);
  const bytes = found.isDirectory() ? Readable.from(writeZip(filesIn(full))) : createReadStream(full);
  const query = new URLSearchParams({ fileName, ...(title === undefined ? {} : { name: title }) });
  return (await uploadTo(`/api/datasets/import?${query}`, bytes)) as DatasetSummary;
}

/** Links are left out: they may lead out of the folder. */
async function* filesIn(folder: string): AsyncGenerator<NewFile> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  if (files.length > FILES_MAX) throw new CliError(`${folder} holds more than ${FILES_MAX} files.`, 2);
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    yield { path: relative(folder, path).split(sep).join('/'), bytes: readFileSync(path) };
  }
}

export async function untilRead(begun: DatasetSummary): Promise<DatasetSummary> {
  let made = begun;
  while (made.state === 'importing') {
    await sleep(POLL_MS);
    made = await findDataset(made.slug);
    if (process.stderr.isTTY) process.stderr.write(`\r${made.entryCount} entries`);
  }
  if (process.stderr.isTTY) process.stderr.write('\r');
  return made;
}
