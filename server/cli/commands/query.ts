import { titleOf } from '@/server/schemas/provenance';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';

const PAGE = 200;

export const query: Command = {
  summary: 'find nodes of the provenance graph',
  usage: `usage: brine query [--limit N] [--json] [--] [CONDITION ...]

  kind:bands-result        of this kind, or a process of this name
  gap.gapEv>=1             a number or word within the value: = != < <= > >=
  has:gap.gapEv            it is there
  tag:NAME group:NAME      what people said; quotes around spaces
  formula:Si state:failed type:data
  created>=2026-01-31      by day or moment
  ancestor-of:ID descendant-of:ID
  "two words"              in comments, tags, labels and names of structures

Conditions side by side must all hold; or, not and brackets go with them: brine query 'kind:scf (state:failed or tag:odd)'`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean', default: false },
      limit: { type: 'string', default: '50' },
    });
    const wanted = Number(values.limit);
    if (!Number.isInteger(wanted) || wanted < 1)
      throw new CliError(`--limit takes a whole number from 1 on, not ${values.limit}.`, 2);
    const { provenance } = connect();
    const items = [];
    for (let cursor: string | null = null; items.length < wanted; ) {
      const limit = Math.min(PAGE, wanted - items.length);
      const page: Awaited<ReturnType<typeof provenance.query.query>> = await asking(
        provenance.query.query({ text: positionals.join(' '), cursor, limit }),
      );
      items.push(...page.items);
      cursor = page.nextCursor;
      if (cursor === null) break;
    }
    if (values.json) printJson(items);
    else
      for (const item of items)
        process.stdout.write(
          `${item.id}  ${item.createdAt.toISOString()}  ${item.kind.padEnd(14)}  ${titleOf(item)}\n`,
        );
    return 0;
  },
};
