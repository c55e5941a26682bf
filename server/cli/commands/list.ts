import type { z } from 'zod';
import { symbolsIn } from '@/kernels/crystal/elements';
import type { ListedCalculation, listCalculationsSchema } from '@/server/schemas/calculation';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';

const PAGE = 100;

export const list: Command = {
  summary: 'list the calculations, the newest first',
  usage: `usage: brine list [--json] [--limit N] [--tag TAG] [--elements "Li O"] [--property bands] [--formula LiCoO2]

  --limit N  at most N of them; 100 by default`,
  async run(args) {
    const json = { type: 'boolean', default: false } as const;
    const text = { type: 'string' } as const;
    const filters = { tag: text, elements: text, property: text, formula: text };
    const { values } = parseArguments(
      args,
      { json, limit: { type: 'string', default: String(PAGE) }, ...filters },
      false,
    );
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1)
      throw new CliError(`--limit takes a whole number from 1 on, not ${values.limit}.`, 2);
    const { tag, property, formula } = values;
    const elements = symbolsIn(values.elements ?? '');
    const found = await listSome(limit, { tag, property, formula, elements });
    if (values.json) printJson(found.map(toListed));
    else for (const { id, state, label } of found) process.stdout.write(`${id}  ${state.padEnd(8)}  ${label}\n`);
    return 0;
  },
};

function toListed(calculation: ListedCalculation) {
  const { id, label, tags, state, exitCode, failure, createdAt, startedAt, finishedAt, disk, ...rest } = calculation;
  const { structureId, formula, properties, protocol, functional, kind } = rest;
  const inputs = { kind, structureId, formula, properties, protocol, functional };
  return { id, label, tags, state, exitCode, failure, inputs, disk, createdAt, startedAt, finishedAt };
}

type Filters = Pick<z.input<typeof listCalculationsSchema>, 'tag' | 'elements' | 'property' | 'formula'>;

async function listSome(count: number, filters: Filters): Promise<ListedCalculation[]> {
  const client = connect();
  const found: ListedCalculation[] = [];
  for (let cursor: string | null = null; ; ) {
    const limit = Math.min(PAGE, count - found.length);
    const page: { items: ListedCalculation[]; nextCursor: string | null } = await asking(
      client.calculations.list.query({ ...filters, cursor, limit }),
    );
    found.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null || found.length >= count) return found;
  }
}
