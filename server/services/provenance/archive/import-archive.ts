import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { putBlob } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import { AppError } from '@/server/errors';
import type { ImportReport } from '@/server/schemas/provenance';
import type { Actor } from '../../actor';
import type { ArchiveRules } from '../../pseudopotentials/archive/entries';
import { listZip, type ZippedFile } from '../../pseudopotentials/archive/zip';
import { projectScope } from '../../scope';
import { aiidaFiles, isAiida, planAiida, repositoryPathOf } from './aiida/import-aiida';
import {
  blobPathOf,
  calculationLine,
  type LinesFile,
  linesFiles,
  linkLine,
  manifestSchema,
  nodeLine,
  noteLine,
  processLine,
  structureLine,
} from './format';
import { ImportPlan } from './import-plan';
import { importStructures } from './import-structures';
import { readLines } from './read-lines';
import { Report } from './report';

export const IMPORT_BYTES_MAX = 4e9;
const LINES_BYTES_MAX = 512 * 1024 ** 2;

const refuse = (why: string): AppError =>
  new AppError('bad-input', why, { userMessage: `The archive cannot be imported: ${why}.` });

const rules: ArchiveRules = { files: 65_000, fileBytes: 1024 ** 3, totalBytes: 16 * 1024 ** 3, refuse };

/**
 * Takes an archive, of ours or of AiiDA's, into the project. Nothing in it is run or evaluated: rows are data, processes come as ended ones that no
 * worker takes up and no job reuses. Structures and bytes merge by hash, values and processes by id; a second import adds nothing.
 */
export async function importArchive(actor: Actor, archive: AsyncIterable<Uint8Array>): Promise<ImportReport> {
  const scope = await projectScope(actor, 'write');
  const folder = join(env().dataFolder, 'uploads');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  try {
    await writeLimited(path, archive);
    const file = await open(path);
    try {
      return await importFiles({ ...scope, userId: actor.userId }, await listZip(file, rules));
    } finally {
      await file.close();
    }
  } finally {
    await rm(path, { force: true });
  }
}

interface Owner {
  projectId: string;
  userId: string;
}

async function importFiles(owner: Owner, files: ZippedFile[]): Promise<ImportReport> {
  const report = new Report();
  const byPath = new Map(files.map((file) => [file.path, file]));
  const foreign = isAiida(byPath);
  const { plan, roots } = foreign
    ? await planAiida({ owner, files: byPath, report, refuse })
    : await planOwn(owner, byPath, report);
  const pathOf = foreign ? repositoryPathOf : blobPathOf;
  await plan.look();
  const known = new Set<string>([
    ...(foreign ? aiidaFiles : ['manifest.json', ...linesFiles]),
    ...[...plan.blobs].map(pathOf),
  ]);
  await importBlobs(plan, (hash) => byPath.get(pathOf(hash)), report);
  await plan.write();
  for (const { path } of files)
    if (!known.has(path)) report.skip(path, 'it is no part of the format, or nothing uses it');
  return report.finish(plan.idsOf(roots));
}

async function planOwn(
  owner: Owner,
  byPath: ReadonlyMap<string, ZippedFile>,
  report: Report,
): Promise<{ plan: ImportPlan; roots: string[] }> {
  const { roots } = await readManifest(byPath.get('manifest.json'));
  const read = async <Schema extends z.ZodType>(name: LinesFile, schema: Schema): Promise<z.infer<Schema>[]> => {
    const file = byPath.get(name);
    if (!file) return [];
    if (file.bytes > LINES_BYTES_MAX) throw refuse(`${name} is larger than 512 MB`);
    return readLines(name, await file.read(), schema, report);
  };
  const plan = new ImportPlan(owner, report);
  const structureIds = await importStructures(owner, await read('structures.jsonl', structureLine), report);
  plan.takeNodes(await read('nodes.jsonl', nodeLine), structureIds);
  plan.takeCalculations(
    await read('calculations.jsonl', calculationLine),
    await read('processes.jsonl', processLine),
    structureIds,
  );
  plan.takeLinks(await read('links.jsonl', linkLine));
  plan.takeNotes(await read('notes.jsonl', noteLine));
  return { plan, roots };
}

async function readManifest(file: ZippedFile | undefined): Promise<z.infer<typeof manifestSchema>> {
  if (!file) throw refuse('it has no manifest.json, so it is none of ours');
  if (file.bytes > 1024 ** 2) throw refuse('its manifest is too long');
  try {
    return manifestSchema.parse(JSON.parse((await file.read()).toString('utf8')));
  } catch (err) {
    if (err instanceof AppError) throw err;
    throw refuse('its manifest is not of a format that this version knows');
  }
}

/** Bytes are stored under the hash that they have; where that is not the one they claim, what uses them is left out. */
async function importBlobs(
  plan: ImportPlan,
  fileOf: (hash: string) => ZippedFile | undefined,
  report: Report,
): Promise<void> {
  const wanted = [...plan.blobs];
  const own = await plan.ownBlobs(wanted);
  for (const hash of wanted) {
    // A hash grants nothing: bytes that only another project has must come with the archive.
    if (own.has(hash)) continue;
    const file = fileOf(hash);
    if (!file) {
      plan.dropBlob(hash, 'its file is not in the archive');
      continue;
    }
    const { sha256 } = await putBlob(db(), await file.read());
    if (sha256 !== hash) plan.dropBlob(hash, 'its file does not have the hash that it claims');
    else report.added.blobs += 1;
  }
}

async function writeLimited(path: string, archive: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of archive) {
      bytes += chunk.byteLength;
      if (bytes > IMPORT_BYTES_MAX)
        throw new AppError('too-large', 'archive above the limit', { userMessage: 'The archive is larger than 4 GB.' });
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
}
