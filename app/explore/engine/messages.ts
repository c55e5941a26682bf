import type { Understood } from '@/server/schemas/explorer/interpret';
import type { Query, SortKey } from '@/server/schemas/explorer/query';
import type { Histogram } from '@/server/schemas/explorer/select';

/** What the page asks of the worker that holds the dataset. */
export type Request =
  | { is: 'load'; address: string }
  | { is: 'select'; id: number; query: Query; sort: SortKey[]; histograms: string[]; found: Uint32Array | null }
  | { is: 'rows'; from: number; to: number; columns: string[] }
  | { is: 'points'; id: number; columns: string[] };

export interface RowCells {
  row: number;
  key: string;
  formula: string;
  /** By column; null is not known, and `failed` says where the computation failed. */
  cells: (number | string | null)[];
  failed: boolean[];
}

export type Reply =
  | { is: 'loaded'; rows: number; numbers: string[]; texts: { name: string; words: string[] }[]; ms: number }
  | { is: 'failed'; message: string }
  | {
      is: 'selected';
      id: number;
      understood: Understood;
      count: number;
      elementCounts: Uint32Array;
      histograms: Record<string, Histogram>;
      ms: number;
    }
  | { is: 'rows'; from: number; rows: RowCells[] }
  /** Of the selected rows, in their order: a number for each column (codes for words), and which row it is. */
  | { is: 'points'; id: number; rows: Uint32Array; values: Float64Array[] };
