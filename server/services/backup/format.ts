import { z } from 'zod';

export const BACKUP_FORMAT = 'brine-backup';

/** `manifest.json` of a backup; beside it `tables/SCHEMA.TABLE.jsonl.gz` and `blobs/` as in the data folder. It is written last: without it a backup is none. */
export const backupManifestSchema = z.object({
  format: z.literal(BACKUP_FORMAT),
  version: z.literal(1),
  program: z.string(),
  createdAt: z.iso.datetime(),
  /** Applied, in order: a backup is restored through the same ones, and then goes on to the newest. */
  migrations: z.array(z.string().regex(/^[\w-]+$/)),
  tables: z.array(
    z.object({
      schema: z.enum(['public', 'dbos']),
      name: z.string().regex(/^\w+$/),
      columns: z.array(z.string().regex(/^\w+$/)),
      rows: z.number().int(),
    }),
  ),
  blobs: z.number().int(),
});

export type BackupManifest = z.infer<typeof backupManifestSchema>;
export type BackupTable = BackupManifest['tables'][number];
export const tableFile = ({ schema, name }: Pick<BackupTable, 'schema' | 'name'>) =>
  `tables/${schema}.${name}.jsonl.gz`;
export const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`;
