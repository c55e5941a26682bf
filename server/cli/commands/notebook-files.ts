import { basename } from 'node:path';
import { exportFormats } from '@/server/schemas/notebook/notebooks';
import { parseArguments, printJson, readUserFile, writeUserFile } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';

export const notebookFilesUsage = `       brine notebook list [--archived] [--json]
       brine notebook new [NAME] [--kernel NAME] [--json]
       brine notebook import FILE.ipynb [--name NAME] [--json]
       brine notebook from CALCULATION [--python] [--inline] [--json]    (the same in code)
       brine notebook export ID [FILE] [--format ipynb|script|markdown|html]    (to standard output without FILE)`;

const languages: Record<string, string> = { deno: 'TypeScript', python3: 'Python' };

/** What `brine notebook` does with the notebooks of the running platform, by its second word. Each gives the exit status. */
export const notebookFiles: Record<string, (args: string[], usage: string) => Promise<number>> = {
  async list(args, usage) {
    const { values, positionals } = parseArguments(args, {
      archived: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    if (positionals.length > 0) throw new CliError(usage, 2);
    const client = connect();
    const found = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof client.notebooks.list.query>> = await asking(
        client.notebooks.list.query({ isArchived: values.archived, cursor, limit: 100 }),
      );
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    if (values.json) printJson(found);
    else
      for (const { id, name, spec, updatedAt } of found)
        process.stdout.write(`${id}  ${updatedAt.toISOString().slice(0, 16)}  ${languages[spec] ?? spec}  ${name}\n`);
    return 0;
  },

  async new(args, usage) {
    const { values, positionals } = parseArguments(args, {
      kernel: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    if (positionals.length > 1) throw new CliError(usage, 2);
    const made = await asking(connect().notebooks.create.mutate({ name: positionals[0], spec: values.kernel }));
    tell(made, values.json);
    return 0;
  },

  async import(args, usage) {
    const { values, positionals } = parseArguments(args, {
      name: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    const [path] = positionals;
    if (!path || positionals.length > 1) throw new CliError(usage, 2);
    const text = readUserFile(path).toString('utf8');
    const name = values.name ?? (path === '-' ? 'Imported notebook' : basename(path));
    tell(await asking(connect().notebooks.import.mutate({ name, text })), values.json);
    return 0;
  },

  async from(args, usage) {
    const { values, positionals } = parseArguments(args, {
      python: { type: 'boolean', default: false },
      inline: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const [id] = positionals;
    if (!id || positionals.length > 1) throw new CliError(usage, 2);
    const language = values.python ? 'python' : 'typescript';
    const input = { of: { kind: 'calculation' as const, id }, language, isInline: values.inline } as const;
    tell(await asking(connect().notebooks.inCode.mutate(input)), values.json);
    return 0;
  },

  async export(args, usage) {
    const { values, positionals } = parseArguments(args, { format: { type: 'string', default: 'ipynb' } });
    const format = exportFormats.find((one) => one === values.format);
    const [id, path] = positionals;
    if (!id || !format || positionals.length > 2) throw new CliError(usage, 2);
    const { text } = await asking(connect().notebooks.export.query({ id, format }));
    if (path) writeUserFile(path, text);
    else process.stdout.write(text);
    return 0;
  },
};

function tell(made: { id: string; name: string }, asJson: boolean): void {
  if (asJson) printJson(made);
  else process.stdout.write(`${made.id}  ${made.name}\n`);
}
