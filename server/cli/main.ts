import { CliError } from './cli-error';
import type { Command } from './command';
import { app } from './commands/app';
import { backup } from './commands/backup';
import { bench } from './commands/bench';
import { code } from './commands/code';
import { completion } from './commands/completion';
import { computer } from './commands/computer';
import { dataset } from './commands/dataset';
import { doctor } from './commands/doctor';
import { exportCommand } from './commands/export';
import { family } from './commands/family';
import { graph } from './commands/graph';
import { group } from './commands/group';
import { importCommand } from './commands/import';
import { kernel } from './commands/kernel';
import { kill } from './commands/kill';
import { list } from './commands/list';
import { material } from './commands/material';
import { node } from './commands/node';
import { notebook } from './commands/notebook';
import { optimade } from './commands/optimade';
import { pause, resume } from './commands/pause';
import { priority } from './commands/priority';
import { project } from './commands/project';
import { query } from './commands/query';
import { rerun } from './commands/rerun';
import { restore } from './commands/restore';
import { reuse } from './commands/reuse';
import { run } from './commands/run';
import { show } from './commands/show';
import { start } from './commands/start';
import { stop } from './commands/stop';
import { structure } from './commands/structure';
import { token } from './commands/token';
import { watch } from './commands/watch';

const commands: Record<string, Command> = {
  ...{
    start,
    stop,
    run,
    submit: run,
    rerun,
    watch,
    show,
    list,
    pause,
    resume,
    'go-on': resume,
    priority,
    reuse,
    kill,
    kernel,
    structure,
    dataset,
    material,
    optimade,
    family,
    notebook,
    app,
    computer,
    project,
    code,
    token,
    doctor,
    bench,
  },
  ...{ node, group, graph, query, export: exportCommand, import: importCommand, backup, restore },
  completion: completion(() => commands),
};

/** Runs one command; gives the exit status: 0 done, 2 bad input, 3 not converged, 1 anything else. */
export async function main(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(usage());
    return 0;
  }
  const command = commands[name];
  if (!command) {
    process.stderr.write(`There is no command ${name}.\n\n${usage()}`);
    return 2;
  }
  // The kernel has options, and a help, of its own.
  if (name !== 'kernel' && rest.includes('--help')) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (err) {
    if (!(err instanceof CliError)) throw err;
    process.stderr.write(`${err.message}\n`);
    return err.status;
  }
}

function usage(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Brine: an open platform for computational materials science.\n\nusage: brine COMMAND [--help]\n\n${lines.join('\n')}\n`;
}
