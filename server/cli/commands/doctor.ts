import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { systemAvailable } from '@/kernels/planewave/backends/system.native';
import { findEspresso } from '@/server/engines/espresso/find';
import { env } from '@/server/env';
import { parseArguments, printJson } from '../arguments';
import type { Command } from '../command';
import { readPlatform } from '../platform/platform-file';

interface Finding {
  what: string;
  /** `wrong` keeps the platform from working, `missing` from doing all that it could. */
  state: 'fine' | 'missing' | 'wrong';
  found: string;
  /** What to do about it. */
  advice?: string;
}

const GIGABYTE = 1e9;
const LEAST_FREE_BYTES = 2 * GIGABYTE;

export const doctor: Command = {
  summary: 'look whether this machine has what the platform needs',
  usage: 'usage: brine doctor [--json]\n\nExit status: 0 where nothing is wrong, else 1.',
  async run(args) {
    const { values } = parseArguments(args, { json: { type: 'boolean', default: false } }, false);
    const findings = await examine();
    if (values.json) printJson(findings);
    else
      for (const { what, state, found, advice } of findings) {
        process.stdout.write(`${state.padEnd(8)} ${what.padEnd(20)} ${found}\n`);
        if (advice) process.stdout.write(`${' '.repeat(30)}${advice}\n`);
      }
    return findings.some(({ state }) => state === 'wrong') ? 1 : 0;
  },
};

const examine = async (): Promise<Finding[]> => [
  node(),
  machine(),
  folder(),
  disk(),
  await libraries(),
  await espresso(),
  program('Slurm', 'sbatch', 'Only for jobs that go to a cluster from this machine. Debian: slurm-client.'),
  await platform(),
];

function node(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];
  const isEnough = major > 20 || (major === 20 && minor >= 19);
  return {
    what: 'Node',
    state: isEnough ? 'fine' : 'wrong',
    found: process.versions.node,
    ...(isEnough ? {} : { advice: 'Install Node 20.19 or newer.' }),
  };
}

const machine = (): Finding => ({
  what: 'machine',
  state: 'fine',
  found: `${availableParallelism()} cores, ${(totalmem() / GIGABYTE).toFixed(1)} GB of memory, ${process.platform} ${process.arch}`,
});

function folder(): Finding {
  const { dataFolder } = env();
  if (!existsSync(dataFolder))
    return { what: 'data folder', state: 'fine', found: `${dataFolder}, not made yet: the first start makes it` };
  try {
    accessSync(dataFolder, constants.R_OK | constants.W_OK);
    return { what: 'data folder', state: 'fine', found: dataFolder };
  } catch {
    return {
      what: 'data folder',
      state: 'wrong',
      found: `${dataFolder} cannot be written`,
      advice: 'Give this user the folder, or name another in BRINE_DATA.',
    };
  }
}

function disk(): Finding {
  const { dataFolder } = env();
  const { bavail, bsize } = statfsSync(existsSync(dataFolder) ? dataFolder : process.cwd());
  const free = bavail * bsize;
  const isEnough = free >= LEAST_FREE_BYTES;
  return {
    what: 'free disk',
    state: isEnough ? 'fine' : 'wrong',
    found: `${(free / GIGABYTE).toFixed(1)} GB`,
    ...(isEnough ? {} : { advice: 'Free some space: results and the database need it.' }),
  };
}

async function libraries(): Promise<Finding> {
  const isThere = await systemAvailable();
  return {
    what: 'FFTW and OpenBLAS',
    state: isThere ? 'fine' : 'missing',
    found: isThere ? 'found' : 'not found: the embedded engine computes with WebAssembly, more slowly',
    ...(isThere ? {} : { advice: 'Debian, Ubuntu: libfftw3-double3 and libopenblas0. Homebrew: fftw and openblas.' }),
  };
}

async function espresso(): Promise<Finding> {
  const what = 'Quantum ESPRESSO';
  const found = await findEspresso(() => true);
  if (found && found !== 'unchanged') return { what, state: 'fine', found: `version ${found.version}, ${found.path}` };
  return {
    what,
    state: 'missing',
    found: 'not found: the embedded engine serves alone',
    advice: 'Debian, Ubuntu: quantum-espresso. Elsewhere: put pw.x on the PATH.',
  };
}

function program(what: string, name: string, advice: string): Finding {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8', timeout: 5_000 });
  return status === 0
    ? { what, state: 'fine', found: stdout.trim() }
    : { what, state: 'missing', found: `${name} is not on the PATH`, advice };
}

async function platform(): Promise<Finding> {
  const what = 'platform';
  const running = readPlatform();
  if (!running?.origin) return { what, state: 'fine', found: 'does not run in this folder' };
  try {
    const answer = await fetch(`${running.origin}/api/health`, { signal: AbortSignal.timeout(5_000) });
    const { status, database, worker } = (await answer.json()) as Record<string, string>;
    const found = `${running.origin}, database ${database}, worker ${worker}`;
    if (status === 'ok') return { what, state: 'fine', found };
    return { what, state: 'wrong', found, advice: `The log tells more: ${env().logFolder}` };
  } catch {
    return {
      what,
      state: 'wrong',
      found: `${running.origin} does not answer`,
      advice: 'Stop it with `brine stop` and start it again.',
    };
  }
}
