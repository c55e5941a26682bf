import { z } from 'zod';
import { idSchema, labelSchema, pageInputSchema } from '../common';
import type { Cell } from './state';

/** named: by a person; automatic: by the platform while somebody worked; before-restore: what stood there when an earlier version was brought back. */
export type VersionKind = 'named' | 'automatic' | 'before-restore';

export interface VersionSummary {
  id: string;
  kind: VersionKind;
  name: string | null;
  /** Who had it made; null: the platform by itself. */
  by: string | null;
  createdAt: Date;
  cellCount: number;
  /** Cells that were added, removed, moved or changed since the version before. */
  changedCells: number;
}

/** A cell of a version with its source. */
export type VersionCell = Cell & { source: string };

export interface VersionContent {
  metadata: Record<string, unknown>;
  cells: VersionCell[];
}

export const listVersionsSchema = pageInputSchema.extend({ id: idSchema });
export const saveVersionSchema = z.object({ id: idSchema, name: labelSchema });
export const restoreVersionSchema = z.object({ id: idSchema, versionId: idSchema });
/** From one version to another; without `to`, to what the notebook is now. */
export const diffVersionsSchema = z.object({ id: idSchema, from: idSchema, to: idSchema.nullable().default(null) });
