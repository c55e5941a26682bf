import type { CodeSummary } from '@/server/schemas/computers';
import { parseArguments, printJson, readUserFile } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { idOf } from './computer';

export const code: Command = {
  summary: 'list, find and enter the programs of a computer',
  usage: `usage: brine code list COMPUTER [--json]
       brine code find COMPUTER [--json]
       brine code add COMPUTER PROGRAM VERSION PATH [--prepend FILE] [--module NAME]... [--json]
       brine code remove COMPUTER PATH [--json]

PROGRAM is a short name: espresso for pw.x. --prepend FILE holds lines of shell put before its jobs;
--module is loaded before them, after those of the computer.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      json: { type: 'boolean', default: false },
      prepend: { type: 'string' },
      module: { type: 'string', multiple: true, default: [] },
    });
    const [what, name, program, version, path] = positionals;
    if (!name) throw new CliError(this.usage, 2);
    const computerId = await idOf(name);
    const found = await ask();
    if (values.json) printJson(found);
    else process.stdout.write(found.map((one) => `${one.program} ${one.version}  ${one.path}\n`).join(''));
    return 0;

    async function ask(): Promise<CodeSummary[]> {
      if (what === 'list' && positionals.length === 2)
        return (await asking(connect().computers.get.query({ id: computerId }))).codes;
      if (what === 'find' && positionals.length === 2) return asking(connect().codes.find.mutate({ computerId }));
      if (what === 'remove' && program && positionals.length === 3) {
        const { codes } = await asking(connect().computers.get.query({ id: computerId }));
        const known = codes.find((one) => one.path === program);
        if (!known) throw new CliError(`There is no code ${program} on ${name}.`, 2);
        return asking(connect().codes.remove.mutate({ computerId, id: known.id }));
      }
      if (what !== 'add' || !program || !version || !path) throw new CliError(code.usage, 2);
      const prependText = values.prepend ? readUserFile(values.prepend).toString('utf8') : '';
      return asking(
        connect().codes.add.mutate({ computerId, program, version, path, prependText, modules: values.module }),
      );
    }
  },
};
