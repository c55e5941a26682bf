import { z } from 'zod';

/** Ways to take along what was found. */
export const exportFormats = ['csv', 'parquet', 'jsonl', 'cif'] as const;
export type ExportFormat = (typeof exportFormats)[number];
export const exportFormatSchema = z.enum(exportFormats);

export const exportTitles: Record<ExportFormat, string> = {
  csv: 'CSV: the table, for spreadsheets',
  parquet: 'Parquet: the table, with types and units',
  jsonl: 'OPTIMADE JSON Lines: structures and all properties',
  cif: 'Zip of CIF files with the table',
};
