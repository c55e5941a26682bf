import { z } from 'zod';
import { KernelError } from '@/kernels/core/errors';
import { decodeText } from '@/kernels/crystal/formats/decode-text';
import { calculationFileSchema } from '@/server/schemas/calculation';
import type { Resources } from '@/server/schemas/settings';
import { parseArguments, readUserFile } from '../arguments';
import { CliError } from '../cli-error';
import { asking, connect } from '../client';
import type { Command } from '../command';
import { tellSubmitted } from '../wait';
import { isPriority } from './priority';
import { requireId } from './show';

export const run: Command = {
  summary: 'submit a calculation file to the running platform',
  usage: `usage: brine run CALCULATION.json [--wait] [--json] [--no-cache] [--priority low|normal|high] [--after ID]...

\`brine submit\` is the same. The file holds {structure, kind, properties: {<id>: settings}, protocol, functional, occupations, resources}.
  --wait      wait for the end and print the result
  --no-cache  compute everything anew
  --priority  before which of your other calculations it runs
  --after     it begins when that calculation has ended well
Exit status with --wait: 0 done, 2 bad input, 3 not converged, 1 anything else.`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      wait: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'no-cache': { type: 'boolean', default: false },
      priority: { type: 'string' },
      after: { type: 'string', multiple: true, default: [] },
    });
    if (positionals.length !== 1) throw new CliError(this.usage, 2);
    const file = readCalculationFile(positionals[0]!);
    const client = connect();
    const resources = withPriority(file.resources, values.priority);
    const after = [...file.after, ...values.after.map((id) => requireId([id], this.usage))];
    const useCache = file.useCache && !values['no-cache'];
    const submitted = await asking(client.calculations.run.mutate({ ...file, resources, useCache, after }));
    return tellSubmitted(client, submitted, values);
  },
};

function withPriority(resources: Resources, priority: string | undefined): Resources {
  if (priority === undefined) return resources;
  if (!isPriority(priority)) throw new CliError(`--priority takes low, normal or high, not ${priority}.`, 2);
  return { ...resources, priority };
}

function readCalculationFile(path: string) {
  let value: unknown;
  try {
    value = JSON.parse(decodeText(readUserFile(path)));
  } catch (err) {
    if (err instanceof CliError) throw err;
    if (err instanceof KernelError) throw new CliError(`${path}: ${err.message}`, 2);
    throw new CliError(`${path} is not JSON: ${(err as Error).message}`, 2);
  }
  const parsed = calculationFileSchema.safeParse(value);
  if (!parsed.success) throw new CliError(`${path} is not a calculation:\n${z.prettifyError(parsed.error)}`, 2);
  return parsed.data;
}
