import { canonicalText } from './canonical-text';
import { compareCells } from './compare-cells';
import { type DiffLine, diffLines } from './diff-lines';
import type { CellType } from './state';
import type { VersionCell, VersionContent } from './versions';

export interface CellDiff {
  id: string;
  change: 'added' | 'removed' | 'changed' | 'moved';
  /** Beside being changed. */
  isMoved: boolean;
  /** From 1; null: it is not there. */
  placeBefore: number | null;
  placeAfter: number | null;
  typeBefore: CellType | null;
  typeAfter: CellType | null;
  isMetadataChanged: boolean;
  /** Empty where the text is the same. */
  lines: DiffLine[];
  linesLeftOut: number;
}

export interface NotebookDiff {
  /** Those to which something happened, in the order of the notebook; removed ones where they stood. */
  cells: CellDiff[];
  cellsLeftOut: number;
  unchanged: number;
  /** Cells that were not added or removed and put out something else. */
  outputsChanged: number;
  isMetadataChanged: boolean;
}

const TIME_MS = 1_000;
const CELLS_MAX = 500;

/** What became of a notebook. Takes about a second at most, whatever the cells hold. */
export function diffNotebooks(before: VersionContent, after: VersionContent): NotebookDiff {
  const deadline = Date.now() + TIME_MS;
  const { added, removed, moved, changed } = compareCells(before.cells.map(marked), after.cells.map(marked));
  const [old, now] = [byId(before.cells), byId(after.cells)];
  const toDiff = (id: string): CellDiff => {
    const [a, b] = [old.get(id), now.get(id)];
    const isTextSame = a && b && a.cell.source === b.cell.source;
    const sources = [a?.cell.source ?? '', b?.cell.source ?? ''] as const;
    return {
      id,
      change: added.has(id) ? 'added' : removed.has(id) ? 'removed' : changed.has(id) ? 'changed' : 'moved',
      isMoved: moved.has(id),
      ...{ placeBefore: a?.place ?? null, placeAfter: b?.place ?? null },
      ...{ typeBefore: a?.cell.type ?? null, typeAfter: b?.cell.type ?? null },
      isMetadataChanged: Boolean(a && b && besideText(a.cell) !== besideText(b.cell)),
      ...(isTextSame ? { lines: [], linesLeftOut: 0 } : diffLines(...sources, Math.max(1, deadline - Date.now()))),
    };
  };
  const touched = inOrder(before.cells, after.cells, removed).filter(
    (id) => added.has(id) || removed.has(id) || moved.has(id) || changed.has(id),
  );
  const stayed = after.cells.filter(({ id }) => old.has(id));
  return {
    cells: touched.slice(0, CELLS_MAX).map(toDiff),
    cellsLeftOut: Math.max(0, touched.length - CELLS_MAX),
    unchanged: stayed.filter(({ id }) => !moved.has(id) && !changed.has(id)).length,
    outputsChanged: stayed.filter(
      ({ id, outputs }) => canonicalText(outputs) !== canonicalText(old.get(id)!.cell.outputs),
    ).length,
    isMetadataChanged: canonicalText(before.metadata) !== canonicalText(after.metadata),
  };
}

const besideText = ({ metadata, attachments }: VersionCell) => canonicalText({ metadata, attachments });
const marked = (cell: VersionCell) => ({ id: cell.id, mark: `${cell.type} ${cell.source} ${besideText(cell)}` });
const byId = (cells: readonly VersionCell[]) => new Map(cells.map((cell, i) => [cell.id, { cell, place: i + 1 }]));

/** As they stand now; removed ones after the one that stood before them. */
function inOrder(
  before: readonly VersionCell[],
  after: readonly VersionCell[],
  removed: ReadonlySet<string>,
): string[] {
  const followers = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const { id } of before)
    if (!removed.has(id)) anchor = id;
    else followers.set(anchor, [...(followers.get(anchor) ?? []), id]);
  return [...(followers.get(null) ?? []), ...after.flatMap(({ id }) => [id, ...(followers.get(id) ?? [])])];
}
