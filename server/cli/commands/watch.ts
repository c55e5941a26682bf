import type { CalculationDetail } from '@/server/schemas/calculation';
import { isTerminal, type ProcessNode } from '@/server/schemas/process';
import { parseArguments } from '../arguments';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { statusOf } from '../result';
import { requireId } from './show';

const POLL_MS = 500;

export const watch: Command = {
  summary: 'follow a calculation until it ends',
  usage: `usage: brine watch ID [--json]

Prints a line whenever a process changes its state or phase; with --json each line is an object.
Exit status: 0 done, 2 bad input, 3 not converged, 1 anything else.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const id = requireId(positionals, this.usage);
    const client = connect();
    const seen = new Map<string, string>();
    for (;;) {
      const calculation = await asking(client.calculations.get.query({ id }));
      for (const line of changes(calculation, seen)) tell(line, values.json);
      if (isTerminal(calculation.state)) {
        if (calculation.failure) process.stderr.write(`${calculation.failure.message}\n`);
        return statusOf(calculation);
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  },
};

interface Change {
  at: string;
  process: string;
  state: string;
  phase: string | null;
}

function changes({ tree }: CalculationDetail, seen: Map<string, string>): Change[] {
  const at = new Date().toISOString();
  return flatten(tree).flatMap(({ id, name, state, phase }) => {
    const now = `${state} ${phase ?? ''}`;
    if (seen.get(id) === now) return [];
    seen.set(id, now);
    return [{ at, process: name, state, phase: phase ?? null }];
  });
}

const flatten = (node: ProcessNode): ProcessNode[] => [node, ...node.children.flatMap(flatten)];

function tell(change: Change, asJson: boolean): void {
  if (asJson) process.stdout.write(`${JSON.stringify(change)}\n`);
  else {
    const { at, process: name, state, phase } = change;
    process.stdout.write(`${at.slice(11, 19)}  ${name.padEnd(14)} ${state.padEnd(9)} ${phase ?? ''}`.trimEnd());
    process.stdout.write('\n');
  }
}
