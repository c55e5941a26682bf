import { z } from 'zod';
import { idSchema } from '../common';

export interface FileEntry {
  name: string;
  /** other: a link, a socket, a device. It can be renamed and deleted, and is never opened. */
  kind: 'file' | 'folder' | 'other';
  bytes: number;
  changedAt: string;
}

export interface FolderListing {
  /** Folders first, by name. */
  entries: FileEntry[];
  /** Beyond those that are told. */
  leftOut: number;
  /** Of the whole notebook. */
  usedBytes: number;
  /** false: there are so many files that not all were counted. */
  isUsedWhole: boolean;
  allowedBytes: number;
}

/** What a text editor takes. */
export const TEXT_BYTES_MAX = 1_000_000;
const PATH_MAX = 2_000;

/** From the folder of the notebook, its parts between slashes; empty: that folder itself. */
export const filePathSchema = z.string().max(PATH_MAX);
export const filesAtSchema = z.object({ id: idSchema, path: filePathSchema.default('') });
export const moveFileSchema = z.object({ id: idSchema, path: filePathSchema, to: filePathSchema });
export const removeFilesSchema = z.object({ id: idSchema, paths: z.array(filePathSchema).min(1).max(1_000) });
