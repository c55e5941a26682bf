import type { NotebookDiff } from '@/server/schemas/notebook/diff-notebooks';
import { parseArguments, printJson } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';

export const notebookVersionsUsage = `       brine notebook versions ID [--json]
       brine notebook version-save ID NAME [--json]
       brine notebook diff ID VERSION [VERSION] [--json]    (to what it is now, or to the second)
       brine notebook restore ID VERSION [--json]`;

const json = { json: { type: 'boolean', default: false } } as const;

/** What `brine notebook` does with the versions of a notebook, by its second word. Each gives the exit status. */
export const notebookVersions: Record<string, (args: string[], usage: string) => Promise<number>> = {
  async versions(args, usage) {
    const { values, positionals } = parseArguments(args, json);
    const [id] = positionals;
    if (!id || positionals.length > 1) throw new CliError(usage, 2);
    const client = connect();
    const found = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof client.notebookVersions.list.query>> = await asking(
        client.notebookVersions.list.query({ id, cursor, limit: 100 }),
      );
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    if (values.json) printJson(found);
    else
      for (const version of found)
        process.stdout.write(
          `${version.id}  ${version.createdAt.toISOString().slice(0, 16)}  ${version.changedCells} of ${version.cellCount} changed  ${version.name ?? `(${version.kind})`}\n`,
        );
    return 0;
  },

  async 'version-save'(args, usage) {
    const { values, positionals } = parseArguments(args, json);
    const [id, name] = positionals;
    if (!id || !name || positionals.length > 2) throw new CliError(usage, 2);
    const made = await asking(connect().notebookVersions.save.mutate({ id, name }));
    if (values.json) printJson(made);
    else process.stdout.write(`${made.id}  ${name}\n`);
    return 0;
  },

  async diff(args, usage) {
    const { values, positionals } = parseArguments(args, json);
    const [id, from, to = null] = positionals;
    if (!id || !from || positionals.length > 3) throw new CliError(usage, 2);
    const diff = await asking(connect().notebookVersions.diff.query({ id, from, to }));
    if (values.json) printJson(diff);
    else process.stdout.write(written(diff));
    return 0;
  },

  async restore(args, usage) {
    const { values, positionals } = parseArguments(args, json);
    const [id, versionId] = positionals;
    if (!id || !versionId || positionals.length > 2) throw new CliError(usage, 2);
    const { before } = await asking(connect().notebookVersions.restore.mutate({ id, versionId }));
    if (values.json) printJson({ before });
    else process.stdout.write(`Restored. What stood there before is version ${before}.\n`);
    return 0;
  },
};

const signs = { same: ' ', added: '+', removed: '-' } as const;

/** As `diff -u` shows it, with a heading for each cell. */
function written({ cells, cellsLeftOut, unchanged, outputsChanged }: NotebookDiff): string {
  const parts = cells.map(({ change, isMoved, placeBefore, placeAfter, id, lines, linesLeftOut }) => {
    const place = `cell ${placeAfter ?? placeBefore} (${id}) ${change}${isMoved && change !== 'moved' ? ', moved' : ''}`;
    const text = lines.map((line) =>
      line.kind === 'gap'
        ? `@@ ${line.count} lines the same @@`
        : signs[line.kind] + line.parts.map((part) => part.text).join(''),
    );
    return [`=== ${place}`, ...text, ...(linesLeftOut ? [`@@ ${linesLeftOut} lines more @@`] : [])].join('\n');
  });
  const more = cellsLeftOut ? [`=== ${cellsLeftOut} cells more`] : [];
  const end = `=== ${unchanged} cells unchanged; other output below ${outputsChanged}`;
  return `${[...parts, ...more, end].join('\n')}\n`;
}
