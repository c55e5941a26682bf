import { startPostgres } from '@/server/db/postgres';
import { env } from '@/server/env';
import { AppError } from '@/server/errors';
import { backUp, folderBytes, isEmptyFolder } from '@/server/services/backup/back-up';
import { parseArguments, printJson, userPath } from '../arguments';
import { CliError } from '../cli-error';
import type { Command } from '../command';
import { readPlatform } from '../platform/platform-file';
import { checkDatabaseUrl, makeDataFolder } from '../platform/settings';

export const backup: Command = {
  summary: 'write the whole platform into a folder',
  usage: `usage: brine backup FOLDER [--json]

All tables as they are at one moment, and all files; the platform may run meanwhile. Checkpoints of running jobs are not
part of it. The folder holds the keys of this installation: keep it closed. brine restore brings it back.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const [given] = positionals;
    if (!given || positionals.length !== 1) throw new CliError(this.usage, 2);
    const folder = userPath(given);
    if (!(await isEmptyFolder(folder))) throw new CliError(`${given} is not empty.`, 2);
    const manifest = await withDatabase((url) => backUp(url, folder));
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const bytes = await folderBytes(folder);
    if (values.json) printJson({ folder, rows, blobs: manifest.blobs, bytes });
    else process.stdout.write(`${rows} rows and ${manifest.blobs} files, ${(bytes / 1e6).toFixed(1)} MB\n`);
    return 0;
  },
};

/** The database of this data folder: that of the running platform, or the embedded one started for a moment. */
export async function withDatabase<Value>(act: (url: string) => Promise<Value>): Promise<Value> {
  checkDatabaseUrl();
  const given = env().databaseUrl;
  makeDataFolder();
  const isServed = readPlatform() !== null;
  const postgres = given ? null : await startPostgres(env().dataFolder);
  try {
    return await act(given ?? postgres!.url);
  } catch (err) {
    throw err instanceof AppError ? new CliError(err.userMessage, 2) : err;
  } finally {
    if (!isServed) await postgres?.stop();
  }
}
