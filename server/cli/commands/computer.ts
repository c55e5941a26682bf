import type { z } from 'zod';
import type { addComputerSchema, ComputerDetail, ComputerTest } from '@/server/schemas/computers';
import { parseArguments, printJson, readUserFile } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';

type NewComputer = z.input<typeof addComputerSchema>;

export const computer: Command = {
  summary: 'add, test, enable and list computers',
  usage: `usage: brine computer list|show|add|test|enable|disable|limit|remove [NAME] [--json]
       brine computer add FILE [--key FILE] [--json]
       brine computer edit NAME FILE [--key FILE] [--json]
       brine computer test NAME [--accept-host-keys] [--json]
       brine computer limit NAME JOBS|none [--json]

FILE is JSON: {"name": ..., "cores": ..., "memoryBytes": ..., "settings": {"transport": ..., "scheduler": ...}}.
With edit FILE holds what shall change; what is not in it stays. \`brine computer show NAME --json\` tells what there is.
--key FILE          a private key that the platform shall keep, encrypted
--accept-host-keys  pin the keys that the computer shows, and go on
JOBS                how many jobs may be there at once; none: as many as its cores and memory hold (with Slurm: 50)`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean', default: false },
      key: { type: 'string' },
      'accept-host-keys': { type: 'boolean', default: false },
    });
    const [what, name, file] = positionals;
    if (what === 'limit' && positionals.length <= 3) return limit(name, readJobsMax(file, this.usage), values.json);
    if (what === 'list' && positionals.length === 1) return list(values.json);
    if (what === 'edit' && name && file && positionals.length === 3) return edit(name, file, values);
    if (!name || positionals.length > 2) throw new CliError(this.usage, 2);
    if (what === 'add') return add(name, values.key, values.json);
    const id = await idOf(name);
    if (what === 'show') return print(await asking(connect().computers.get.query({ id })), values.json, show);
    if (what === 'test') return test(id, values['accept-host-keys'], values.json);
    if (what === 'enable' || what === 'disable')
      return print(
        await asking(connect().computers.switch.mutate({ id, isEnabled: what === 'enable' })),
        values.json,
        show,
      );
    if (what === 'remove') {
      await asking(connect().computers.remove.mutate({ id }));
      return print({ id }, values.json, () => `${name} is removed.\n`);
    }
    throw new CliError(this.usage, 2);
  },
};

/** "4", or "none". */
export function readJobsMax(word: string | undefined, usage: string): number | null {
  if (word === 'none') return null;
  if (!word || !/^[1-9]\d{0,4}$/.test(word)) throw new CliError(usage, 2);
  return Number(word);
}

async function limit(name: string | undefined, jobsMax: number | null, isJson: boolean): Promise<number> {
  const id = await idOf(name ?? '');
  return print(await asking(connect().computers.limit.mutate({ id, jobsMax })), isJson, show);
}

function print<Value>(value: Value, isJson: boolean, words: (value: Value) => string): number {
  if (isJson) printJson(value);
  else process.stdout.write(words(value));
  return 0;
}

/** The id of the computer of that name, or with that id. */
export async function idOf(name: string): Promise<string> {
  const found = (await asking(connect().computers.list.query())).find((one) => one.name === name || one.id === name);
  if (!found) throw new CliError(`There is no computer ${name}: see brine computer list.`, 2);
  return found.id;
}

async function list(isJson: boolean): Promise<number> {
  const found = await asking(connect().computers.list.query());
  return print(found, isJson, () =>
    found
      .map(({ id, name, isEnabled, transport, scheduler, cores }) =>
        [
          id,
          isEnabled ? 'enabled ' : 'disabled',
          `${transport}+${scheduler}`.padEnd(12),
          `${cores} cores`,
          `${name}\n`,
        ].join('  '),
      )
      .join(''),
  );
}

async function add(file: string, key: string | undefined, isJson: boolean): Promise<number> {
  const given = parseFile(readUserFile(file).toString('utf8'), file);
  const privateKey = key === undefined ? null : readUserFile(key).toString('utf8');
  const added = await asking(connect().computers.add.mutate({ ...given, ...(privateKey ? { privateKey } : {}) }));
  return print(added, isJson, ({ name }) => `${name} is added. Test it next: brine computer test '${name}'\n`);
}

async function edit(
  name: string,
  file: string,
  { key, json }: { key?: string | undefined; json: boolean },
): Promise<number> {
  const given: Partial<NewComputer> = parseFile(readUserFile(file).toString('utf8'), file);
  const privateKey = key === undefined ? null : readUserFile(key).toString('utf8');
  const before = await asking(connect().computers.get.query({ id: await idOf(name) }));
  const settings = { ...before.settings, ...given.settings };
  const changed = await asking(
    connect().computers.update.mutate({ ...before, ...given, settings, id: before.id, privateKey }),
  );
  return print(changed, json, ({ name: now, isEnabled }) =>
    isEnabled ? `${now} is changed.\n` : `${now} is changed. Test it next: brine computer test '${now}'\n`,
  );
}

function parseFile(text: string, file: string): NewComputer {
  try {
    return JSON.parse(text) as NewComputer;
  } catch (err) {
    throw new CliError(`${file} is no JSON: ${(err as Error).message}`, 2);
  }
}

/** A jump host and its target show their keys one after the other. */
const HOSTS_MAX = 2;

async function test(id: string, acceptsKeys: boolean, isJson: boolean): Promise<number> {
  const acceptHostKeys: Record<string, string> = {};
  for (let hosts = 0; ; hosts++) {
    const result = await asking(connect().computers.test.mutate({ id, acceptHostKeys }));
    const { hostKey } = result;
    if (!hostKey || !acceptsKeys || hosts === HOSTS_MAX) {
      print(result, isJson, words);
      return result.isPassed ? 0 : 1;
    }
    acceptHostKeys[hostKey.host] = hostKey.fingerprint;
  }
}

const words = ({ steps, hostKey }: ComputerTest) =>
  steps
    .map(
      ({ state, title, message, advice }) => `${state.padEnd(7)}  ${title}: ${message}${advice ? ` ${advice}` : ''}\n`,
    )
    .join('') + (hostKey ? 'Look at the key, then test with --accept-host-keys.\n' : '');

const show = ({ name, isEnabled, settings, cores, jobsMax, codes }: ComputerDetail) =>
  `${name}, ${isEnabled ? 'enabled' : 'disabled'}, ${settings.transport.kind}+${settings.scheduler.kind}, ${cores} cores${
    jobsMax === null ? '' : `, ${jobsMax} ${jobsMax === 1 ? 'job' : 'jobs'} at a time`
  }\n${codes.map(({ program, version, path }) => `  ${program} ${version}  ${path}\n`).join('')}`;
