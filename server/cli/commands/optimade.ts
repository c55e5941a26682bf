import { setTimeout as sleep } from 'node:timers/promises';
import type { FoundRow, Provider, RemoteAnswer, RemoteSearch } from '@/server/schemas/elsewhere';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';

const POLL_MS = 400;

export const optimade: Command = {
  summary: 'search databases that other servers of OPTIMADE have',
  usage: `usage: brine optimade search FILTER [--provider NAME]... [--sites-min N] [--sites-max N] [--json]
       brine optimade providers [--json]
       brine optimade add ADDRESS [--name NAME]
       brine optimade test NAME

FILTER is a formula (Fe2O3), elements (Li-Fe-P-O), a pattern (*TiO3, A2B) or a filter of OPTIMADE. All servers that are switched on are asked
at once for their first page. What they found is printed, one crystal a line; how each answered goes to standard error. Exit status 1 where
none answered.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      provider: { type: 'string', multiple: true },
      'sites-min': { type: 'string' },
      'sites-max': { type: 'string' },
      name: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    const [what, text] = positionals;
    if (what === 'providers' && positionals.length === 1) return providers(values.json);
    if (!text || positionals.length !== 2) throw new CliError(this.usage, 2);
    if (what === 'add') return add(text, values.name);
    if (what === 'test') return test(text);
    if (what !== 'search') throw new CliError(this.usage, 2);
    const providerIds = values.provider ? await idsOf(values.provider) : null;
    const limits = { sitesMin: count(values['sites-min']), sitesMax: count(values['sites-max']) };
    return search({ text, providerIds, ...limits }, values.json);
  },
};

function count(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new CliError(`${text} is no number of sites.`, 2);
  return Number(text);
}

async function idsOf(names: readonly string[]): Promise<string[]> {
  const all = await asking(connect().elsewhere.providers.query());
  return names.map((name) => find(all, name).id);
}

function find(all: readonly Provider[], name: string): Provider {
  const found = all.find((one) => one.name.toLowerCase() === name.toLowerCase() || one.url === name);
  if (!found) throw new CliError(`There is no server ${name}; \`brine optimade providers\` lists them.`, 2);
  return found;
}

interface Asked {
  text: string;
  providerIds: string[] | null;
  sitesMin: number | null;
  sitesMax: number | null;
}

async function search(asked: Asked, asJson: boolean): Promise<number> {
  const client = connect();
  const { id } = await asking(client.elsewhere.search.mutate(asked));
  let state: RemoteSearch;
  do {
    await sleep(POLL_MS);
    state = await asking(client.elsewhere.get.query({ id }));
  } while (state.answers.some((answer) => answer.state === 'asking') || state.uncompared.waiting > 0);
  const rows: FoundRow[] = [];
  for (let cursor: number | null = 0; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof client.elsewhere.found.query>> = await asking(
      client.elsewhere.found.query({ id, cursor, limit: 100 }),
    );
    rows.push(...page.rows);
    cursor = page.nextCursor;
  }
  if (asJson) printJson({ ...state, found: rows });
  else {
    for (const answer of state.answers) process.stderr.write(`${answer.name}: ${told(answer)}\n`);
    for (const { formula, sites, spaceGroupNumber, members } of rows)
      process.stdout.write(
        `${formula}\t${sites}\t${spaceGroupNumber ?? '-'}\t${members.map(({ database, key }) => `${database}/${key}`).join(', ')}\n`,
      );
  }
  return state.answers.some((answer) => answer.state === 'answered') ? 0 : 1;
}

function told({ state, found, total, latencyMs, failure, notes, hasMore }: RemoteAnswer): string {
  if (state === 'failed') return `failed. ${failure}`;
  const more = hasMore ? ', more to come' : '';
  return [`${found} of ${total ?? 'an unknown number'}${more} in ${latencyMs} ms.`, ...notes].join(' ');
}

async function providers(asJson: boolean): Promise<number> {
  const all = await asking(connect().elsewhere.providers.query());
  if (asJson) printJson(all);
  else
    for (const { name, url, isEnabled } of all) process.stdout.write(`${name}\t${url}\t${isEnabled ? 'on' : 'off'}\n`);
  return 0;
}

async function add(url: string, name: string | undefined): Promise<number> {
  const added = await asking(connect().elsewhere.addProvider.mutate({ url, ...(name === undefined ? {} : { name }) }));
  for (const one of added) process.stdout.write(`${one.name}\t${one.url}\n`);
  return 0;
}

async function test(name: string): Promise<number> {
  const client = connect();
  const { id } = find(await asking(client.elsewhere.providers.query()), name);
  const { steps } = await asking(client.elsewhere.testProvider.mutate({ id }));
  for (const step of steps)
    process.stdout.write(
      `${step.name}: ${step.isGood ? 'good' : 'failed'}. ${step.text}${step.latencyMs === null ? '' : ` (${step.latencyMs} ms)`}\n`,
    );
  return steps.at(-1)!.isGood ? 0 : 1;
}
