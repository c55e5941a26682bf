import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { FamilyDetail } from '@/server/schemas/pseudopotentials';
import { parseArguments, printJson, userPath } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect, uploadTo } from '../client';
import type { Command } from '../command';
import { packFolder } from '../pack-folder';

export const family: Command = {
  summary: 'install and list families of pseudopotentials',
  usage: `usage: brine family install FOLDER_OR_ARCHIVE [--name NAME] [--json]
       brine family list [--json]
       brine family remove NAME

The folder or archive (zip, tar.gz, tar) holds UPF files, and a table of cutoffs where there is one: SSSP's JSON, or
PseudoDojo's .djrepo files or hints. Without one the cutoffs are those that the files suggest.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      name: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    const [what, path] = positionals;
    if (what === 'install' && path && positionals.length === 2) return install(path, values.name, values.json);
    if (what === 'list' && positionals.length === 1) return list(values.json);
    if (what === 'remove' && path && positionals.length === 2) return remove(path);
    throw new CliError(this.usage, 2);
  },
};

async function install(path: string, name: string | undefined, asJson: boolean): Promise<number> {
  const full = userPath(path);
  const found = statSync(full, { throwIfNoEntry: false });
  if (!found) throw new CliError(`${path} is not there.`, 2);
  const chosen =
    name ??
    full
      .split('/')
      .filter(Boolean)
      .at(-1)!
      .replace(/\.(zip|tar|tgz|tar\.gz)$/i, '');
  const isWanted = (file: string) => /\.(upf|json|djrepo)$/i.test(file);
  const body = found.isDirectory()
    ? Readable.from(packFolder(full, isWanted)).pipe(createGzip())
    : createReadStream(full);
  const made = (await uploadTo(
    `/api/pseudopotentials/upload?name=${encodeURIComponent(chosen)}`,
    body,
  )) as FamilyDetail;
  if (asJson) printJson(made);
  else {
    process.stdout.write(
      `${made.name}: ${made.elements.length} elements (${made.functional}, cutoffs from ${made.layout})\n`,
    );
    for (const { element, fileName, type, cutoffHartree, md5 } of made.pseudopotentials)
      process.stdout.write(
        `  ${element.padEnd(2)} ${type.padEnd(3)} ${cutoffHartree.balanced.toFixed(1).padStart(6)} Ha  ${md5}  ${fileName}\n`,
      );
  }
  for (const note of made.notes) process.stderr.write(`${note}\n`);
  return 0;
}

async function list(asJson: boolean): Promise<number> {
  const families = await asking(connect().pseudopotentials.list.query());
  if (asJson) printJson(families);
  else
    for (const { name, elements, functional } of families)
      process.stdout.write(`${name}  (${elements.length} elements, ${functional})\n`);
  return 0;
}

async function remove(name: string): Promise<number> {
  const client = connect();
  const found = (await asking(client.pseudopotentials.list.query())).find((entry) => entry.name === name && entry.id);
  if (!found) throw new CliError(`There is no installed family ${name}.`, 2);
  await asking(client.pseudopotentials.remove.mutate({ id: found.id! }));
  return 0;
}
