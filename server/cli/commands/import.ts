import { createReadStream, statSync } from 'node:fs';
import type { ImportReport } from '@/server/schemas/provenance';
import { parseArguments, printJson, userPath } from '../arguments';
import { CliError } from '../cli-error';
import { uploadTo } from '../client';
import type { Command } from '../command';

export const importCommand: Command = {
  summary: 'take an archive into the project',
  usage: `usage: brine import FILE [--json]

FILE is an archive of brine export, or one of AiiDA 2 (.aiida).

What is there already merges; nothing in the archive is run. What was left out is told, with the reason.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const [path] = positionals;
    if (!path || positionals.length !== 1) throw new CliError(this.usage, 2);
    if (!statSync(userPath(path), { throwIfNoEntry: false })?.isFile()) throw new CliError(`${path} is no file.`, 2);
    const report = (await uploadTo('/api/provenance/import', createReadStream(userPath(path)))) as ImportReport;
    if (values.json) {
      printJson(report);
      return 0;
    }
    const added = Object.entries(report.added).map(([name, count]) => `${count} ${name}`);
    process.stdout.write(`Added ${added.join(', ')}; ${report.merged} were there.\n`);
    for (const { what, why } of report.skipped) process.stderr.write(`Left out: ${what}: ${why}\n`);
    if (report.skippedMore > 0) process.stderr.write(`and ${report.skippedMore} more\n`);
    return 0;
  },
};
