import { createReadStream, createWriteStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArguments, printJson, userPath } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect, downloadFrom, uploadTo } from '../client';

export const notebookFolderUsage = `       brine notebook files ls ID [FOLDER] [--json]
       brine notebook files get ID PATH [FILE]    (to standard output without FILE)
       brine notebook files put ID FILE [PATH] [--replace]
       brine notebook files mkdir ID PATH
       brine notebook files mv ID PATH PATH
       brine notebook files rm ID PATH...`;

const address = (id: string, query: Record<string, string>) =>
  `/api/notebooks/${encodeURIComponent(id)}/files?${new URLSearchParams(query)}`;

type Act = (id: string, rest: string[], options: { json: boolean; replace: boolean }) => Promise<boolean>;

/** By the third word; false: the words after it do not fit. */
const acts: Record<string, Act> = {
  async ls(id, [path = '', ...more], { json }) {
    if (more.length > 0) return false;
    const listing = await asking(connect().notebookFiles.list.query({ id, path }));
    if (json) printJson(listing);
    else
      for (const { name, kind, bytes, changedAt } of listing.entries)
        process.stdout.write(
          `${String(bytes).padStart(12)}  ${changedAt.slice(0, 16)}  ${JSON.stringify(name).slice(1, -1)}${{ file: '', folder: '/', other: '  (link or device)' }[kind]}\n`,
        );
    if (listing.leftOut > 0) process.stderr.write(`${listing.leftOut} more are not shown.\n`);
    return true;
  },

  async get(id, [path, file, ...more]) {
    if (!path || more.length > 0) return false;
    const stream = await downloadFrom(address(id, { path }));
    await pipeline(stream, file ? createWriteStream(userPath(file)) : process.stdout, { end: file !== undefined });
    return true;
  },

  async put(id, [file, path, ...more], { replace }) {
    if (!file || more.length > 0) return false;
    const from = userPath(file);
    if (!statSync(from, { throwIfNoEntry: false })?.isFile()) throw new CliError(`${file} is no file.`, 2);
    const query = { path: path ?? basename(from), ...(replace ? {} : { mark: 'new' }) };
    await uploadTo(address(id, query), createReadStream(from), 'PUT');
    return true;
  },

  async mkdir(id, [path, ...more]) {
    if (!path || more.length > 0) return false;
    await asking(connect().notebookFiles.makeFolder.mutate({ id, path }));
    return true;
  },

  async mv(id, [path, to, ...more]) {
    if (!path || !to || more.length > 0) return false;
    await asking(connect().notebookFiles.move.mutate({ id, path, to }));
    return true;
  },

  async rm(id, paths) {
    if (paths.length === 0) return false;
    await asking(connect().notebookFiles.remove.mutate({ id, paths }));
    return true;
  },
};

/** What `brine notebook files` does with the folder of a notebook. Gives the exit status. */
export const notebookFolder = {
  async files(args: string[], usage: string): Promise<number> {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
    });
    const [what = '', id, ...rest] = positionals;
    const act = Object.hasOwn(acts, what) ? acts[what] : undefined;
    if (!act || !id || !(await act(id, rest, values))) throw new CliError(usage, 2);
    return 0;
  },
};
