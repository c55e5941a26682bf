import { createWriteStream, existsSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { type ExportFormat, exportFormats } from '@/server/schemas/provenance';
import { parseArguments, userPath } from '../arguments';
import { CliError } from '../cli-error';
import { downloadFrom } from '../client';
import type { Command } from '../command';

export const exportCommand: Command = {
  summary: 'write nodes with all they come from into an archive',
  usage: `usage: brine export ID [ID ...] --output FILE.zip [--format archive|ro-crate|folder] [--descendants]
                    [--license CC-BY-4.0]

  archive        what brine import reads; the default
  ro-crate       RO-Crate 1.1 of the Workflow Run profile
  folder         for people: a folder a calculation, in it one a step with inputs and outputs
  --descendants  also what became of them: a calculation's id then brings its results
  --license      of an RO-Crate: as SPDX names it, or an address; none is stated by default`,
  async run(args) {
    const { values, positionals: ids } = parseArguments(args, {
      output: { type: 'string' },
      format: { type: 'string', default: 'archive' },
      descendants: { type: 'boolean', default: false },
      license: { type: 'string' },
    });
    if (ids.length === 0 || !values.output || !exportFormats.includes(values.format as ExportFormat))
      throw new CliError(this.usage, 2);
    const odd = ids.find((id) => !z.uuid().safeParse(id).success);
    if (odd) throw new CliError(`${odd} is no id of a node.`, 2);
    const output = userPath(values.output);
    if (existsSync(output)) throw new CliError(`${values.output} is there already.`, 2);
    const query = new URLSearchParams({ ids: ids.join(','), format: values.format });
    if (values.descendants) query.set('descendants', '1');
    if (values.license) query.set('license', values.license);
    const stream = await downloadFrom(`/api/provenance/export?${query}`);
    try {
      await pipeline(stream, createWriteStream(output, { flags: 'wx' }));
    } catch (err) {
      rmSync(output, { force: true });
      throw new CliError(`${values.output} could not be written: ${(err as Error).message}`);
    }
    return 0;
  },
};
