import { type Priority, priorities } from '@/server/schemas/settings';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { requireId } from './show';

export const priority: Command = {
  summary: 'say before which of your other calculations one runs',
  usage:
    'usage: brine priority ID low|normal|high [--json]\n\nIt counts among your own calculations; between people the queue stays fair.',
  async run(args) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const [first, wanted, ...rest] = positionals;
    if (!isPriority(wanted) || rest.length > 0) throw new CliError(this.usage, 2);
    const id = requireId(first ? [first] : [], this.usage);
    const changed = await asking(connect().calculations.setPriority.mutate({ id, priority: wanted }));
    if (values.json) printJson({ id, priority: changed.priority });
    else process.stderr.write(`${changed.priority}\n`);
    return 0;
  },
};

export const isPriority = (word: string | undefined): word is Priority => priorities.some((known) => known === word);
