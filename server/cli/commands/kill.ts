import { isTerminal } from '@/server/schemas/process';
import { parseArguments, printJson } from '../arguments';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { requireId } from './show';

const WAIT_MAX_MS = 15_000;

export const kill: Command = {
  summary: 'stop a calculation',
  usage: 'usage: brine kill ID [--json]',
  async run(args) {
    const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
    const id = requireId(positionals, this.usage);
    const client = connect();
    let { state } = await asking(client.calculations.stop.mutate({ id }));
    for (const deadline = Date.now() + WAIT_MAX_MS; !isTerminal(state) && Date.now() < deadline; ) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      ({ state } = await asking(client.calculations.get.query({ id })));
    }
    if (values.json) printJson({ id, state });
    else process.stderr.write(`${state}\n`);
    return isTerminal(state) ? 0 : 1;
  },
};
