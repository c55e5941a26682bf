import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';

export const token: Command = {
  summary: 'make, list and revoke tokens for programs',
  usage: `usage: brine token create NAME [--read-only] [--days N | --forever] [--json]
       brine token list [--json]
       brine token revoke ID

A token lets a program call the HTTP API (the guide "Programs that use the platform" tells how). It is printed once.
  --read-only  it may look, not submit or stop
  --days N     it ends after N days; 365 by default`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      'read-only': { type: 'boolean', default: false },
      days: { type: 'string' },
      forever: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const [what, argument] = positionals;
    if (what === 'create' && argument && positionals.length === 2) {
      const scopes = values['read-only'] ? (['read'] as const) : (['read', 'write'] as const);
      return create(argument, [...scopes], daysOf(values), values.json);
    }
    if (what === 'list' && positionals.length === 1) return list(values.json);
    if (what === 'revoke' && argument && positionals.length === 2) {
      await asking(connect().tokens.revoke.mutate({ id: argument }));
      return 0;
    }
    throw new CliError(this.usage, 2);
  },
};

function daysOf({ days, forever }: { days?: string | undefined; forever: boolean }): number | null {
  if (forever && days !== undefined) throw new CliError('Give --days or --forever, not both.', 2);
  if (forever) return null;
  const count = Number(days ?? '365');
  if (!Number.isInteger(count) || count < 1)
    throw new CliError(`--days takes a whole number from 1 on, not ${days}.`, 2);
  return count;
}

async function create(
  name: string,
  scopes: ('read' | 'write')[],
  days: number | null,
  asJson: boolean,
): Promise<number> {
  const made = await asking(connect().tokens.create.mutate({ name, scopes, days }));
  if (asJson) printJson(made);
  else process.stdout.write(`${made.token}\n`);
  return 0;
}

async function list(asJson: boolean): Promise<number> {
  const tokens = await asking(connect().tokens.list.query());
  if (asJson) printJson(tokens);
  else
    for (const { id, name, scopes, expiresAt } of tokens)
      process.stdout.write(
        `${id}  ${scopes.join(' ').padEnd(10)}  ${expiresAt ? `until ${expiresAt.toISOString().slice(0, 10)}` : 'without end     '}  ${name}\n`,
      );
  return 0;
}
