import { Readable } from 'node:stream';
import { AppError } from '@/server/errors';
import type { ExportFormat } from '@/server/schemas/provenance';
import type { Actor } from '../../actor';
import { projectScope } from '../../scope';
import { archiveFiles } from './archive-files';
import { collectSelection, type Selection } from './collect';
import { crateFiles } from './crate-files';
import { folderFiles } from './folder-files';
import { type NewFile, writeZip } from './write-zip';

/** What the 32-bit kind of zip holds, with room for its lists. */
const BYTES_MAX = 3.5e9;
const FILES_MAX = 60_000;

const writers = {
  archive: archiveFiles,
  'ro-crate': crateFiles,
  folder: folderFiles,
} satisfies Record<ExportFormat, (selection: Selection, license: string | null) => AsyncGenerator<NewFile>>;

interface Wanted {
  ids: string[];
  format: ExportFormat;
  withDescendants: boolean;
  /** Of an RO-Crate. */
  license?: string | null | undefined;
}

/** Nodes with all their ancestors as a zip archive that streams out. */
export async function exportNodes(
  actor: Actor,
  { ids, format, withDescendants, license = null }: Wanted,
): Promise<{ fileName: string; stream: Readable }> {
  const scope = await projectScope(actor, 'read');
  const selection = await collectSelection(scope, ids, withDescendants);
  // A folder shows a file in each step that had to do with it.
  const uses = format === 'archive' ? 1 : 1 + selection.links.length / Math.max(1, selection.nodes.length);
  const bytes = [...selection.blobs.values()].reduce((sum, one) => sum + one, 0) * uses;
  const files = (selection.blobs.size + selection.nodes.length + selection.processes.length) * uses;
  if (bytes > BYTES_MAX || files > FILES_MAX)
    throw new AppError('too-large', 'the export is too large', {
      userMessage: `This selection holds about ${(bytes / 1e9).toFixed(1)} GB in ${Math.round(files)} files; an archive holds 3.5 GB in ${FILES_MAX}. Export it in parts.`,
    });
  const stem = format === 'archive' ? 'brine' : format === 'ro-crate' ? 'brine-ro-crate' : 'brine-folder';
  return {
    fileName: `${stem}-${ids[0]!.slice(-8)}.zip`,
    stream: Readable.from(writeZip(writers[format](selection, license))),
  };
}
