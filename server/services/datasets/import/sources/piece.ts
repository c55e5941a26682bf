import type { DatasetSource, ReadSource } from '@/server/schemas/datasets';
import type { ReadLine } from '../read-lines';

/** What is read, checked and stored at once, with the place that the source is then at. */
export interface Piece<Source extends ReadSource = ReadSource> {
  lines: ReadLine[];
  source: Source;
}

export type FileSource = Extract<DatasetSource, { bytesRead: number }>;
