import { createHash } from 'node:crypto';
import { db } from '@/server/db/client';
import { readLargeValues } from '@/server/runtime/store/large-values';
import { loadNotebook } from '@/server/runtime/store/load-notebook';
import type { NotebookFile } from '@/server/schemas/notebook/nbformat';
import { withoutOutputs } from '@/server/schemas/notebook/outputs';
import { sourceOf } from '@/server/schemas/notebook/text';
import { toFile } from '@/server/schemas/notebook/to-file';

/** The notebook as it is now, as a file without outputs. */
export async function notebookText(id: string): Promise<NotebookFile> {
  const { state: whole, doc } = await loadNotebook(db(), id);
  const cells = Object.fromEntries(
    Object.values(whole.cells).map((cell) => [cell.id, { ...withoutOutputs(cell), executionCount: null }]),
  );
  const state = { ...whole, cells, bin: [] };
  const values = await readLargeValues(state);
  return toFile(state, { sourceOf: (cellId) => sourceOf(doc, cellId), valueAt: (blob) => values.get(blob) });
}

/** The same for the same text, whatever a database does to the order of keys. */
export const hashOf = ({ cells, metadata: { kernelspec } }: NotebookFile): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        (kernelspec as { name?: unknown } | undefined)?.name ?? null,
        ...cells.map((cell) => [
          cell.id,
          cell.cell_type,
          cell.source,
          sorted(cell.metadata),
          'attachments' in cell ? sorted(cell.attachments) : null,
        ]),
      ]),
    )
    .digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
