import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { putBlob } from '@/server/db/blobs';
import { asJson, type Database, db } from '@/server/db/client';
import type { TaskResult } from '@/server/engines/engine';
import { densityJob } from '@/server/properties/density-job';
import { RELAX_JOB } from '@/server/properties/relax/property';
import {
  bandsResultSchema,
  dosResultSchema,
  relaxResultSchema,
  scfResultSchema,
  volumesResultSchema,
} from '@/server/schemas/results';
import { splitArrays } from '@/server/services/data/arrays';
import type { Job } from './load-job';
import { storeRelaxed } from './relaxed-node';

const schemas = {
  scf: scfResultSchema,
  relax: relaxResultSchema,
  bands: bandsResultSchema,
  dos: dosResultSchema,
  volumes: volumesResultSchema,
} satisfies Record<TaskResult['kind'], unknown>;

interface NewNode {
  name: string;
  kind: string;
  value: unknown;
  structureId?: string;
  files: { name: string; sha256: string; mediaType: string }[];
}

/**
 * Brings what a job left into the blob store and returns the rows to write: the validated result, the density for the jobs
 * that follow, and the files worth keeping. The rows come after, in one transaction with the end of the process.
 */
export async function collectOutputs(job: Job, folder: string, isComplete: boolean): Promise<NewNode[]> {
  const nodes: NewNode[] = [];
  const kept = await putFiles(folder, job.engine.keep);
  nodes.push({ name: 'files', kind: 'job-files', value: null, files: kept });
  const readText = (name: string) => readFile(join(folder, name), 'utf8');
  const readBytes = (name: string) => readFile(join(folder, name));
  const result = await job.engine.parse(job.task, job.context, readText, readBytes);
  const { name } = job.row;
  if (result.kind === 'scf') result.value.notes.unshift(...job.notes);
  const { value, files } = splitArrays(schemas[result.kind].parse(result.value));
  const arrays = [];
  for (const [name, bytes] of files)
    arrays.push({ name, mediaType: 'application/x-npy', sha256: (await putBlob(db(), bytes)).sha256 });
  const fields =
    result.kind === 'volumes' ? result.value.volumes.flatMap(({ cube, npy }) => (npy ? [cube, npy] : [cube])) : [];
  const own = [...arrays, ...(await putFiles(folder, fields))];
  nodes.push({ name: 'result', kind: `${result.kind}-result`, value, files: own });
  const structureId = result.kind === 'relax' && name === RELAX_JOB ? await storeRelaxed(job, result.value) : null;
  if (structureId) nodes.push({ name: 'structure', kind: 'structure', value: null, structureId, files: [] });
  if (name === densityJob.name && isComplete) {
    const density = join(folder, job.engine.densityFolder);
    nodes.push({
      name: 'density',
      kind: 'density',
      value: null,
      files: await putFiles(density, await readdir(density)),
    });
  }
  return nodes;
}

/** What a failed job left to read: its streams and its input. */
export async function collectFiles(job: Job, folder: string): Promise<NewNode[]> {
  return [{ name: 'files', kind: 'job-files', value: null, files: await putFiles(folder, job.engine.keep) }];
}

export async function writeNodes(tx: Database, { row }: Job, nodes: NewNode[]): Promise<void> {
  for (const { name, kind, value, structureId, files } of nodes) {
    const node = await tx.dataNode.create({
      data: {
        projectId: row.projectId,
        kind,
        schemaVersion: 1,
        value: value === null ? undefined : asJson(value),
        structureId,
        files: { create: files },
      },
    });
    await tx.link.create({ data: { kind: 'create', name, processId: row.id, dataNodeId: node.id } });
  }
}

async function putFiles(folder: string, names: string[]): Promise<NewNode['files']> {
  const files: NewNode['files'] = [];
  for (const name of names) {
    const path = join(folder, name);
    // A link is not followed: it may lead out of the folder.
    const found = await lstat(path).catch(() => null);
    if (!found?.isFile()) continue;
    const { sha256 } = await putBlob(db(), createReadStream(path));
    files.push({ name, sha256, mediaType: mediaTypeOf(name) });
  }
  return files;
}

function mediaTypeOf(name: string): string {
  if (name.endsWith('.json')) return 'application/json';
  if (name.endsWith('.npy')) return 'application/x-npy';
  return 'text/plain; charset=utf-8';
}
