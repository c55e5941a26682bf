import type { ListedCalculation } from '@/server/schemas/calculation';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';

const PAGE = 100;

export const list: Command = {
  summary: 'list the calculations, the newest first',
  usage: 'usage: brine list [--json] [--limit N]\n\n  --limit N  at most N of them; 100 by default',
  async run(args) {
    const json = { type: 'boolean', default: false } as const;
    const { values } = parseArguments(args, { json, limit: { type: 'string', default: String(PAGE) } }, false);
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1)
      throw new CliError(`--limit takes a whole number from 1 on, not ${values.limit}.`, 2);
    const found = await listSome(limit);
    if (values.json) printJson(found.map(toListed));
    else for (const { id, state, label } of found) process.stdout.write(`${id}  ${state.padEnd(8)}  ${label}\n`);
    return 0;
  },
};

function toListed(calculation: ListedCalculation) {
  const { id, label, state, exitCode, failure, createdAt, startedAt, finishedAt, disk, ...rest } = calculation;
  const { structureId, formula, properties, protocol, functional, kind } = rest;
  const inputs = { kind, structureId, formula, properties, protocol, functional };
  return { id, label, state, exitCode, failure, inputs, disk, createdAt, startedAt, finishedAt };
}

async function listSome(count: number): Promise<ListedCalculation[]> {
  const client = connect();
  const found: ListedCalculation[] = [];
  for (let cursor: string | null = null; ; ) {
    const limit = Math.min(PAGE, count - found.length);
    const page: { items: ListedCalculation[]; nextCursor: string | null } = await asking(
      client.calculations.list.query({ cursor, limit }),
    );
    found.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null || found.length >= count) return found;
  }
}
