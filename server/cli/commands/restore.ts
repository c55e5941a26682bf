import { restore as restorePlatform } from '@/server/services/backup/restore';
import { parseArguments, printJson, userPath } from '../arguments';
import { CliError } from '../cli-error';
import type { Command } from '../command';
import { readPlatform } from '../platform/platform-file';
import { withDatabase } from './backup';

export const restore: Command = {
  summary: 'bring a backup into an empty data folder',
  usage: `usage: brine restore FOLDER [--json]

Into the data folder (BRINE_DATA) and its database, both of which must be empty; then start the platform.
Jobs that ran when the backup was made begin anew.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const [folder] = positionals;
    if (!folder || positionals.length !== 1) throw new CliError(this.usage, 2);
    if (readPlatform())
      throw new CliError('The platform runs in this data folder. Stop it, or set BRINE_DATA to another.', 2);
    const manifest = await withDatabase((url) => restorePlatform(url, userPath(folder)));
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    if (values.json) printJson({ rows, blobs: manifest.blobs, createdAt: manifest.createdAt });
    else process.stdout.write(`${rows} rows and ${manifest.blobs} files of ${manifest.createdAt} are back.\n`);
    return 0;
  },
};
