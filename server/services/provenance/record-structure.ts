import { asJson, type Database, db } from '@/server/db/client';
import { derivedId, newId } from '@/server/db/uuid';
import type { Actor } from '../actor';
import type { ProjectScope } from './items';
import { ensureStructureNode, structureNodeId } from './structure-node';

interface StructureFile {
  sha256: string;
  /** Null for a pasted text. */
  fileName: string | null;
}

/** Where a structure came from a file: the file, and the process that read it. The same file again is the same process. */
export async function recordImport(
  actor: Actor,
  structureId: string,
  { sha256, fileName }: StructureFile,
): Promise<void> {
  const { projectId } = actor;
  const name = fileName?.replace(/[\\/]/g, '_').replace(/^\.+$/, '') || 'structure.txt';
  const fileId = derivedId('structure-file', projectId, sha256, name);
  const id = derivedId('import-structure', projectId, fileId, structureId);
  await record(
    actor,
    { id, name: 'import-structure', title: fileName ? `Import of ${fileName}` : 'Import of a text' },
    structureId,
    {
      isNewEdge: true,
      inputs: async (tx) => {
        const file = { id: fileId, projectId, kind: 'structure-file', schemaVersion: 1 };
        await tx.dataNode.createMany({ data: [file], skipDuplicates: true });
        const content = { dataNodeId: fileId, name, sha256, mediaType: 'text/plain' };
        await tx.dataNodeFile.createMany({ data: [content], skipDuplicates: true });
        return { file: fileId };
      },
    },
  );
}

/** An example of the platform as the origin of a structure. */
export async function recordExample(actor: Actor, structureId: string, title: string): Promise<void> {
  const process = { id: newId(), name: 'example-structure', title: `Example ${title}` };
  await record(actor, process, structureId, { isNewEdge: false, inputs: async () => ({}) });
}

interface DatasetEntry {
  /** Of the dataset: its name in addresses, title, version and revision. */
  dataset: { slug: string; title: string; version: string; revision: number };
  /** The entry's id in it. */
  key: string;
}

/** An entry of a dataset as the origin of a structure: the same entry again is the same process. */
export async function recordDatasetEntry(
  actor: Actor,
  structureId: string,
  { dataset, key }: DatasetEntry,
): Promise<void> {
  const { projectId } = actor;
  const id = derivedId('dataset-entry', projectId, dataset.slug, String(dataset.revision), key, structureId);
  await record(actor, { id, name: 'dataset-entry', title: `${key} of ${dataset.title}` }, structureId, {
    isNewEdge: true,
    inputs: async (tx) => {
      const nodeId = derivedId('dataset-entry-name', id);
      const value = asJson({ dataset, key });
      const data = [{ id: nodeId, projectId, kind: 'dataset-entry', schemaVersion: 1, value }];
      await tx.dataNode.createMany({ data, skipDuplicates: true });
      return { entry: nodeId };
    },
  });
}

interface RemoteEntry {
  provider: { name: string; url: string };
  /** The entry's id there, and its address. */
  key: string;
  url: string;
}

/** An entry of a database elsewhere as the origin of a structure: the same entry with the same atoms again is the same process. */
export async function recordRemoteEntry(actor: Actor, structureId: string, entry: RemoteEntry): Promise<void> {
  const { projectId } = actor;
  const id = derivedId('remote-entry', projectId, entry.url, structureId);
  const title = `${entry.key} of ${entry.provider.name}`;
  await record(actor, { id, name: 'remote-entry', title }, structureId, {
    isNewEdge: true,
    inputs: async (tx) => {
      const nodeId = derivedId('remote-entry-name', id);
      const data = [{ id: nodeId, projectId, kind: 'remote-entry', schemaVersion: 1, value: asJson(entry) }];
      await tx.dataNode.createMany({ data, skipDuplicates: true });
      return { entry: nodeId };
    },
  });
}

interface Edit {
  from: string;
  title: string;
  /** What was done, as the one who does it again would say it. */
  parameters: Record<string, unknown>;
}

/**
 * Where a structure was edited from another: that one and what was done to it. A structure that has a node already is not made anew: to
 * the primitive cell and back again leads to the structure that there was.
 */
export async function recordEdit(actor: Actor, structureId: string, { from, title, parameters }: Edit): Promise<void> {
  const { projectId } = actor;
  await record(actor, { id: newId(), name: 'edit-structure', title }, structureId, {
    isNewEdge: false,
    inputs: async (tx) => {
      const data = { projectId, kind: 'edit', schemaVersion: 1, value: asJson(parameters) };
      return {
        structure: await ensureStructureNode(tx, { projectId }, from),
        edit: (await tx.dataNode.create({ data })).id,
      };
    },
  });
}

interface Making {
  /** Whether it is told also of a structure that has a node. */
  isNewEdge: boolean;
  inputs: (tx: Database) => Promise<Record<string, string>>;
}

/** A function that made a structure's node, or came to one that there was; with what it took. */
async function record(
  { projectId, userId }: Actor,
  process: { id: string; name: string; title: string },
  structureId: string,
  { isNewEdge, inputs }: Making,
): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockStructure(tx, structureId);
    const scope: ProjectScope = { projectId };
    const found = await structureNodeId(tx, scope, structureId);
    if (found && !isNewEdge) return;
    if (await tx.process.findUnique({ where: { id: process.id }, select: { id: true } })) return;
    const now = new Date();
    const ended = { kind: 'function', state: 'finished', exitCode: 0, startedAt: now, finishedAt: now } as const;
    await tx.process.create({ data: { ...process, ...ended, projectId, userId, title: process.title.slice(0, 200) } });
    const taken = await inputs(tx);
    const dataNodeId = found ?? (await ensureStructureNode(tx, scope, structureId));
    await tx.link.createMany({
      data: [
        ...Object.entries(taken).map(([name, id]) => ({
          kind: 'input' as const,
          name,
          processId: process.id,
          dataNodeId: id,
        })),
        {
          kind: found ? ('return' as const) : ('create' as const),
          name: 'structure',
          processId: process.id,
          dataNodeId,
        },
      ],
    });
  });
}

/** The same structure brought twice at once gets one node. */
const lockStructure = (tx: Database, structureId: string) =>
  tx.$queryRaw`SELECT "id" FROM "Structure" WHERE "id" = ${structureId}::uuid FOR UPDATE`;
