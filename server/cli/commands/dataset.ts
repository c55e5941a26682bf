import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatasetSummary } from '@/server/schemas/datasets';
import { parseArguments, printJson, userPath } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect, uploadTo } from '../client';
import type { Command } from '../command';
import { computeEntryAgain, growDataset } from './dataset-grow';

const POLL_MS = 500;

export const dataset: Command = {
  summary: 'bring in, list and remove computed databases',
  usage: `usage: brine dataset import FILE [--name NAME] [--no-wait] [--json]
       brine dataset list [--json]
       brine dataset show SLUG [--json]
       brine dataset remove SLUG
       brine dataset grow [ID ...] [--count N] [--retry-failed]
       brine dataset again ID

FILE holds OPTIMADE JSON Lines, packed with gzip or not. Entries that cannot be taken are named with the reason; the others
are there as they come. Each dataset answers OPTIMADE requests at /optimade/SLUG.

grow computes more of the small crystals that come with Brine, without the platform; Ctrl-C stops it, and the next call goes
on where it ended. again runs the recorded inputs of one of them once more and compares the numbers.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      name: { type: 'string' },
      'no-wait': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      count: { type: 'string' },
      'retry-failed': { type: 'boolean', default: false },
    });
    const [what, name] = positionals;
    const { json } = values;
    if (what === 'list' && positionals.length === 1) return list(json);
    if (what === 'grow') return grow(positionals.slice(1), values.count, values['retry-failed']);
    if (!name || positionals.length !== 2) throw new CliError(this.usage, 2);
    if (what === 'import') return importFile(name, values.name, { wait: !values['no-wait'], json });
    if (what === 'show') return show(await find(name), json);
    if (what === 'remove') return remove(name);
    if (what === 'again') return computeEntryAgain(name);
    throw new CliError(this.usage, 2);
  },
};

async function grow(only: string[], asked: string | undefined, retriesFailed: boolean): Promise<number> {
  const count = asked === undefined ? Infinity : Number(asked);
  if (!(count >= 1)) throw new CliError(`--count ${asked} is no number of compounds.`, 2);
  return growDataset({ count, only, retriesFailed });
}

async function importFile(
  path: string,
  title: string | undefined,
  { wait, json }: { wait: boolean; json: boolean },
): Promise<number> {
  const full = userPath(path);
  if (!statSync(full, { throwIfNoEntry: false })?.isFile()) throw new CliError(`${path} is no file.`, 2);
  const query = new URLSearchParams({ fileName: basename(full), ...(title === undefined ? {} : { name: title }) });
  let made = (await uploadTo(`/api/datasets/import?${query}`, createReadStream(full))) as DatasetSummary;
  while (wait && made.state === 'importing') {
    await sleep(POLL_MS);
    made = await find(made.slug);
    if (process.stderr.isTTY) process.stderr.write(`\r${made.entryCount} entries`);
  }
  if (process.stderr.isTTY) process.stderr.write('\r');
  return show(made, json);
}

const find = (slug: string) => asking(connect().datasets.get.query({ slug }));

function show(found: DatasetSummary, asJson: boolean): number {
  if (asJson) printJson(found);
  else {
    const { slug, title, state, entryCount, report } = found;
    process.stdout.write(`${slug}: ${title}, ${entryCount} entries${state === 'ready' ? '' : `, ${state}`}\n`);
    if (report.refused + report.repeated > 0)
      process.stdout.write(`${report.refused} refused, ${report.repeated} repeated\n`);
    if (report.propertiesLeftOut > 0)
      process.stdout.write(`${report.propertiesLeftOut} values of properties left out\n`);
    for (const { what, why } of report.examples) process.stderr.write(`Left out: ${what}: ${why}\n`);
  }
  return found.state === 'interrupted' ? 1 : 0;
}

async function list(asJson: boolean): Promise<number> {
  const found = await asking(connect().datasets.list.query());
  if (asJson) printJson(found);
  else
    for (const { slug, title, entryCount } of found) process.stdout.write(`${slug}  ${entryCount} entries  ${title}\n`);
  return 0;
}

async function remove(slug: string): Promise<number> {
  const { id } = await find(slug);
  await asking(connect().datasets.remove.mutate({ id }));
  return 0;
}
