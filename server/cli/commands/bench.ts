import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { CliError } from '../cli-error';
import type { Command } from '../command';

const FOLDER = 'tests/bench';

export const bench: Command = {
  summary: 'run a benchmark and print its ratios',
  usage: `usage: brine bench NAME [options of the benchmark]\n\nBenchmarks are the files of ${FOLDER}.`,
  async run([name, ...args]) {
    const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => /\.(ts|mjs)$/.test(file)) : [];
    const file = names.find((candidate) => candidate.replace(/(\.bench)?\.(ts|mjs)$/, '') === name);
    if (!file) throw new CliError(`There is no benchmark ${name ?? ''}. There are: ${names.join(', ') || 'none'}.`, 2);
    const program = file.endsWith('.mjs') ? join(FOLDER, file) : await bundle(join(FOLDER, file), name!);
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
      // It ends what it started; without it nothing of this is left to do.
      for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
      child.on('close', (code) => resolve(code ?? 1));
    });
  },
};

async function bundle(source: string, name: string): Promise<string> {
  const outfile = `dist/bench-${name}.mjs`;
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}
