import type { CalculationSummary } from '@/server/schemas/calculation';
import { isTerminal } from '@/server/schemas/process';
import { parseArguments, printJson } from '../arguments';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { requireId } from './show';

/** A job writes its checkpoint before it waits. */
const WAIT_MAX_MS = 30_000;
const POLL_MS = 200;

export const pause: Command = {
  summary: 'have a calculation write its checkpoints and wait',
  usage: 'usage: brine pause ID [--json]\n\nIt waits until `brine resume ID`, also through restarts of the platform.',
  run: (args) =>
    ask(
      args,
      pause.usage,
      (client, id) => client.calculations.pause.mutate({ id }),
      (state) => state === 'paused',
    ),
};

export const resume: Command = {
  summary: 'let a paused calculation go on',
  usage: 'usage: brine resume ID [--json]\n\n`brine go-on ID` is the same.',
  run: (args) =>
    ask(
      args,
      resume.usage,
      (client, id) => client.calculations.goOn.mutate({ id }),
      (state) => state !== 'paused',
    ),
};

async function ask(
  args: string[],
  usage: string,
  wish: (client: ReturnType<typeof connect>, id: string) => Promise<CalculationSummary>,
  isThere: (state: CalculationSummary['state']) => boolean,
): Promise<number> {
  const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
  const id = requireId(positionals, usage);
  const client = connect();
  let { state } = await asking(wish(client, id));
  const isDone = () => isThere(state) || isTerminal(state);
  for (const deadline = Date.now() + WAIT_MAX_MS; !isDone() && Date.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    ({ state } = await asking(client.calculations.get.query({ id })));
  }
  if (values.json) printJson({ id, state });
  else process.stderr.write(`${state}\n`);
  return isThere(state) ? 0 : 1;
}
