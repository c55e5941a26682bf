import { asJson, type Database, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { AppError, notFound } from '@/server/errors';
import { canonicalText } from '@/server/schemas/notebook/canonical-text';
import { type ComparedCell, compareCells, countChanges } from '@/server/schemas/notebook/compare-cells';
import type { VersionContent, VersionKind } from '@/server/schemas/notebook/versions';
import { checkpointsToDrop } from '../notebook/checkpoints';
import { type CellReference, type PackedVersion, unpackVersion } from './version-content';

/** Of one notebook; those that a person named are never dropped. */
export const NAMED_MAX = 500;
const BEFORE_RESTORE_MAX = 100;

interface NewVersion {
  notebookId: string;
  number: number;
  kind: VersionKind;
  name: string | null;
  userId: string | null;
  packed: PackedVersion;
}

/**
 * Stores a version; gives its id. Where the notebook stands as its newest version has it, none is made by itself: then that one's id.
 * Automatic ones that have become too many go.
 */
export function storeVersion({ notebookId, number, kind, name, userId, packed }: NewVersion): Promise<string> {
  const { metadata, cells, contents, blobs } = packed;
  return db().$transaction(
    async (tx) => {
      const last = await tx.notebookVersion.findFirst({ where: { notebookId }, orderBy: { id: 'desc' } });
      const lastCells = (last?.cells ?? []) as unknown as CellReference[];
      const isSame = last && isEqual(last.metadata, metadata) && isEqual(lastCells, cells);
      // An automatic one may go some day: what stood there before a restoring is a version of its own.
      const isEnough = kind === 'automatic' || (kind === 'before-restore' && last?.kind !== 'automatic');
      if (isSame && isEnough) return last.id;
      if (kind === 'named') await refuseTooMany(tx, notebookId);
      await storeContents(tx, notebookId, contents);
      const id = newId();
      const changes = compareCells(lastCells.map(toCompared), cells.map(toCompared));
      await tx.notebookVersion.create({
        data: {
          ...{ id, notebookId, number, kind, name, userId, blobs },
          ...{ metadata: asJson(metadata), cells: asJson(cells) },
          ...{ cellCount: cells.length, changedCells: countChanges(changes) },
        },
      });
      await dropOld(tx, notebookId);
      return id;
    },
    { timeout: 60_000, maxWait: 20_000 },
  );
}

const toCompared = ({ id, cell }: CellReference): ComparedCell => ({ id, mark: cell });

const isEqual = (a: unknown, b: unknown): boolean => canonicalText(a) === canonicalText(b);

async function refuseTooMany(tx: Database, notebookId: string): Promise<void> {
  const count = await tx.notebookVersion.count({ where: { notebookId, kind: 'named' } });
  if (count >= NAMED_MAX)
    throw new AppError('blocked', `${count} named versions`, {
      userMessage: `This notebook has ${count} versions with a name, and no more are kept. Delete one that you do not need, and name this one again.`,
    });
}

/** Those that are there already are not sent again. */
async function storeContents(tx: Database, notebookId: string, contents: ReadonlyMap<string, unknown>): Promise<void> {
  const hashes = [...contents.keys()];
  const known = await tx.$queryRaw<{ hash: string }[]>`
    SELECT "hash" FROM "NotebookContent" WHERE "notebookId" = ${notebookId}::uuid AND "hash" = ANY(${hashes})`;
  const isKnown = new Set(known.map(({ hash }) => hash));
  const added = [...contents].filter(([hash]) => !isKnown.has(hash)).map(([hash, data]) => ({ hash, data }));
  if (added.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "NotebookContent" ("notebookId", "hash", "data")
    SELECT ${notebookId}::uuid, c->>'hash', c->'data' FROM jsonb_array_elements(${JSON.stringify(added)}::jsonb) c
    ON CONFLICT DO NOTHING`;
}

async function dropOld(tx: Database, notebookId: string): Promise<void> {
  const rows = await tx.notebookVersion.findMany({
    where: { notebookId, kind: { not: 'named' } },
    orderBy: { id: 'desc' },
    select: { id: true, kind: true, createdAt: true },
  });
  const automatic = rows.filter(({ kind }) => kind === 'automatic');
  const beforeRestore = rows.filter(({ kind }) => kind === 'before-restore').slice(BEFORE_RESTORE_MAX);
  const ids = [...checkpointsToDrop(automatic), ...beforeRestore.map(({ id }) => id)];
  if (ids.length > 0) await deleteVersions(tx, notebookId, ids);
}

/** With the contents that no other version has. */
export async function deleteVersions(tx: Database, notebookId: string, ids: string[]): Promise<void> {
  await tx.notebookVersion.deleteMany({ where: { notebookId, id: { in: ids } } });
  await tx.$executeRaw`
    WITH used AS (
      SELECT DISTINCT unnest(ARRAY[r->>'cell', r->>'outputs']) AS "hash"
      FROM "NotebookVersion" v, jsonb_array_elements(v."cells") r WHERE v."notebookId" = ${notebookId}::uuid
    )
    DELETE FROM "NotebookContent" c WHERE c."notebookId" = ${notebookId}::uuid
      AND NOT EXISTS (SELECT 1 FROM used WHERE used."hash" = c."hash")`;
}

/** What a version holds. Who may read it was decided before. */
export async function loadVersion(database: Database, notebookId: string, id: string): Promise<VersionContent> {
  const row = await database.notebookVersion.findFirst({ where: { notebookId, id } });
  if (!row) throw notFound('The version');
  const cells = row.cells as unknown as CellReference[];
  const hashes = [...new Set(cells.flatMap(({ cell, outputs }) => (outputs ? [cell, outputs] : [cell])))];
  const contents = await database.$queryRaw<{ hash: string; data: unknown }[]>`
    SELECT "hash", "data" FROM "NotebookContent" WHERE "notebookId" = ${notebookId}::uuid AND "hash" = ANY(${hashes})`;
  const packed = { metadata: row.metadata as Record<string, unknown>, cells };
  return unpackVersion(packed, new Map(contents.map(({ hash, data }) => [hash, data])));
}
