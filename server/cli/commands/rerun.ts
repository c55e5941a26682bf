import { type CalculationStep, calculationSteps } from '@/server/schemas/process';
import { parseArguments } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { tellSubmitted } from '../wait';
import { requireId } from './show';

export const rerun: Command = {
  summary: 'run a calculation again from one of its steps',
  usage: `usage: brine rerun ID --from ${calculationSteps.join('|')} [--set NAME=VALUE]... [--wait] [--json]

A new calculation takes the results of the steps before over as they are and begins there. What it came from is told by \`brine show\`.
  --set   change a choice of that step or a later one: bands.stepPerAngstrom=0.02, dos='{}', cores=2, timeLimitSeconds=3600.
          The value is JSON, or else a word; null puts back what follows by itself.
  --wait  wait for the end and print the result
Exit status with --wait: 0 done, 2 bad input, 3 not converged, 1 anything else.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      from: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
      wait: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    const id = requireId(positionals, this.usage);
    if (!isStep(values.from)) throw new CliError(`--from takes one of ${calculationSteps.join(', ')}.`, 2);
    const client = connect();
    const set = Object.fromEntries(values.set.map(readChange));
    const submitted = await asking(client.calculations.rerun.mutate({ id, from: values.from, set }));
    return tellSubmitted(client, submitted, values);
  },
};

const isStep = (word: string | undefined): word is CalculationStep => calculationSteps.some((step) => step === word);

function readChange(text: string): [string, null | boolean | number | string] {
  const cut = text.indexOf('=');
  if (cut < 1) throw new CliError(`--set takes NAME=VALUE, not ${text}.`, 2);
  const value = text.slice(cut + 1);
  try {
    return [text.slice(0, cut), JSON.parse(value)];
  } catch {
    return [text.slice(0, cut), value];
  }
}
