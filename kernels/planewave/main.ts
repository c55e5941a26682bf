/**
 * The engine as one program, `kernel.mjs`: needs Node alone.
 *   node kernel.mjs planewave --input in.json --output out.json [--progress progress.jsonl] [--checkpoint DIR] [--profile]
 * Exit status: 0 done, 2 bad input (the last line of stderr is JSON {code, message, numbers}), 3 not converged,
 * 75 stopped by SIGTERM or SIGINT with its checkpoint written, 1 anything else.
 */
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { KernelError } from '../core/errors';
import { createFileArrays, createFileCheckpoint } from '../core/file-arrays.native';
import { dispersionKernel } from '../dispersion/run';
import type { DispersionInput } from '../dispersion/schema';
import { createNodeHost, serveAsThread } from './native';
import { addSeconds, type Profile, readProfile, writeProfile } from './profile';
import { createPlanewaveKernel } from './run';
import type { PlanewaveInput } from './schema';
import { StoppedError } from './state/checkpoint';

const HELP = `Plane-wave density-functional theory, and Grimme's D3 dispersion correction.

  node kernel.mjs planewave --input in.json --output out.json [--progress FILE] [--checkpoint FOLDER] [--quiet] [--profile]
  node kernel.mjs dispersion --input in.json --output out.json

With --profile the seconds spent on each term follow on the standard error.
Names of folders in the input (start.from, save.to) are taken from the folder of the output.
Exit status: 0 done, 2 bad input, 3 not converged, 75 stopped (checkpoint written), 1 anything else.
`;

/** Resolves when the run has ended, whatever came of it; none in a computing thread. */
export const running = serveAsThread()
  ? undefined
  : main(process.argv.slice(2)).then((status) => {
      process.exitCode = status;
    });

async function main(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        input: { type: 'string' },
        output: { type: 'string' },
        progress: { type: 'string' },
        checkpoint: { type: 'string' },
        quiet: { type: 'boolean', default: false },
        profile: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const [kernel] = positionals;
    if ((kernel !== 'planewave' && kernel !== 'dispersion') || !values.input || !values.output) {
      throw new KernelError(
        'usage',
        'Give the kernel (planewave or dispersion) and its files: planewave --input in.json --output out.json',
      );
    }
    const input = readJson(values.input);
    if (kernel === 'planewave') return await compute(input, { ...values, output: values.output });
    writeOutput(values.output, await dispersionKernel(input as DispersionInput, {}));
    return 0;
  } catch (error) {
    return report(error);
  }
}

async function compute(
  input: unknown,
  options: {
    output: string;
    progress?: string | undefined;
    checkpoint?: string | undefined;
    quiet: boolean;
    profile: boolean;
  },
): Promise<number> {
  const folder = dirname(resolve(options.output));
  const abort = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => abort.abort());
  addSeconds('start-up', performance.now() / 1000);
  let threads: Profile[] = [];
  const host = createNodeHost({
    threads: (input as PlanewaveInput | null)?.threads ?? availableParallelism(),
    onThreadProfiles: (profiles) => {
      threads = profiles;
    },
  });
  const kernel = createPlanewaveKernel(host);
  const output = await kernel(input as PlanewaveInput, {
    signal: abort.signal,
    checkpoint: createFileCheckpoint(resolve(options.checkpoint ?? join(folder, 'checkpoint'))),
    arrays: (name) => createFileArrays(isAbsolute(name) ? name : join(folder, name)),
    onProgress: (progress) => {
      if (options.progress) appendFileSync(options.progress, `${JSON.stringify(progress)}\n`);
      else if (!options.quiet && progress.kind === 'scf') {
        process.stderr.write(
          `scf ${progress.iteration}  E = ${progress.energyHartree.toFixed(8)} Ha  residual ${progress.residual.toExponential(1)}  ${progress.seconds.toFixed(1)} s\n`,
        );
      }
    },
  }).finally(() => host.close());
  writeOutput(options.output, output);
  if (options.profile) process.stderr.write(writeProfile(readProfile(), threads, performance.now() / 1000));
  return output.converged ? 0 : 3;
}

/** Aside first, then renamed: a reader never meets half of it. */
function writeOutput(path: string, output: unknown): void {
  writeFileSync(`${path}.part`, JSON.stringify(output));
  renameSync(`${path}.part`, path);
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new KernelError('input-unreadable', `The input file cannot be read: ${(error as Error).message}.`, { path });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new KernelError('input-invalid', `The input file is not JSON: ${(error as Error).message}.`, { path });
  }
}

function report(error: unknown): number {
  if (error instanceof StoppedError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(75);
  }
  if (error instanceof KernelError) {
    process.stderr.write(
      `${error.message}\n${JSON.stringify({ code: error.code, message: error.message, numbers: error.numbers })}\n`,
    );
    return 2;
  }
  if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(
      `${(error as Error).message}\n${JSON.stringify({ code: 'usage', message: (error as Error).message, numbers: {} })}\n`,
    );
    return 2;
  }
  process.stderr.write(`${(error as Error)?.stack ?? error}\n`);
  return 1;
}
