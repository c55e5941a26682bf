import { z } from 'zod';
import type { StructureInput } from '@/kernels/crystal/schema';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { ZippedFile } from '../../../pseudopotentials/archive/zip';
import { storeStructure } from '../../../structures/store-structure';
import { inThread } from '../../../structures/thread/in-thread';
import { ImportPlan } from '../import-plan';
import type { Report } from '../report';
import { convert } from './convert';
import { readDatabase } from './read-database';
import { Unfit } from './values';

const DATABASE_BYTES_MAX = 256 * 1024 ** 2;
const METADATA_BYTES_MAX = 16 * 1024 ** 2;
const ARRAY_BYTES_MAX = 256 * 1024 ** 2;
const ROOTS_MAX = 20;

const DATABASE = 'db.sqlite3';
const METADATA = 'metadata.json';
export const aiidaFiles = [METADATA, DATABASE];
export const repositoryPathOf = (sha256: string) => `repo/${sha256}`;

/** Whether the files are those of an AiiDA archive, of whichever version. */
export const isAiida = (files: ReadonlyMap<string, ZippedFile>) => !files.has('manifest.json') && files.has(METADATA);

const metadataSchema = z.object({
  export_version: z.string().max(40),
  key_format: z.string().max(40).optional(),
});

interface Archive {
  owner: { projectId: string; userId: string };
  files: ReadonlyMap<string, ZippedFile>;
  report: Report;
  refuse: (why: string) => AppError;
}

/** What an AiiDA archive brings, as the plan of an import, and the nodes to begin at. Read only: nothing in it is run. */
export async function planAiida({
  owner,
  files,
  report,
  refuse,
}: Archive): Promise<{ plan: ImportPlan; roots: string[] }> {
  const { export_version: version, key_format: keys } = await readMetadata(files.get(METADATA)!, refuse);
  const database = files.get(DATABASE);
  if (!/^main_\d+[a-z]?$/.test(version) || !database)
    throw refuse(
      `it is an AiiDA archive of the old version ${version.slice(0, 20)}: \`verdi archive migrate\` brings it to the current one`,
    );
  if (keys !== undefined && keys !== 'sha256') throw refuse('its files are not named by their SHA-256');
  if (database.bytes > DATABASE_BYTES_MAX) throw refuse('its database is larger than 256 MB: export it in parts');
  const structureIds = new Map<string, string>();
  const made = await convert({
    report,
    rows: await readDatabase(await database.read(), refuse),
    readObject: async (sha256) => {
      const file = files.get(repositoryPathOf(sha256));
      if (file && file.bytes > ARRAY_BYTES_MAX) throw new Unfit('one of its files is larger than 256 MB');
      return file ? file.read() : null;
    },
    storeStructure: async (structure, name) => {
      const { hash, id } = await keepStructure(owner, report, structure, name);
      structureIds.set(hash, id);
      return hash;
    },
  });
  const plan = new ImportPlan(owner, report);
  plan.takeNodes(made.nodes, structureIds);
  plan.takeCalculations([], made.processes, structureIds);
  plan.takeLinks(made.links);
  plan.takeNotes(made.notes);
  return { plan, roots: made.roots.slice(-ROOTS_MAX).reverse() };
}

async function readMetadata(file: ZippedFile, refuse: Archive['refuse']): Promise<z.infer<typeof metadataSchema>> {
  if (file.bytes > METADATA_BYTES_MAX) throw refuse('its metadata is too long');
  try {
    return metadataSchema.parse(JSON.parse((await file.read()).toString('utf8')));
  } catch (err) {
    if (err instanceof AppError) throw err;
    throw refuse('it is none of ours, and its metadata.json is not that of AiiDA');
  }
}

async function keepStructure(
  { projectId }: Archive['owner'],
  report: Report,
  structure: StructureInput,
  name: string,
): Promise<{ hash: string; id: string }> {
  try {
    const described = await inThread('read', { text: JSON.stringify(structure), fileName: 'structure.json' });
    const { hash, formula } = described;
    const known = await db().structure.findUnique({
      where: { projectId_hash: { projectId, hash } },
      select: { id: true },
    });
    if (known) report.merged += 1;
    else report.added.structures += 1;
    const origin = { name: name || formula, kind: 'upload', fileName: null } as const;
    return { hash, id: known?.id ?? (await storeStructure({ projectId }, described, origin)).id };
  } catch (err) {
    if (!(err instanceof AppError) || err.code === 'unavailable') throw err;
    throw new Unfit(err.userMessage);
  }
}
