import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Command } from '../command';

export const kernel: Command = {
  summary: 'run a numerical kernel on files, without the platform',
  usage: 'usage: brine kernel planewave --input IN.json --output OUT.json [--help]',
  /** The kernel's own arguments, streams and exit status; signals reach it too. */
  run: (args) =>
    new Promise((settle) => {
      const child = spawn(process.execPath, [resolve('dist/kernel.mjs'), ...args], {
        stdio: 'inherit',
        cwd: process.env.BRINE_CALLED_FROM ?? process.cwd(),
      });
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
      child.on('error', () => settle(1));
      child.on('close', (code) => settle(code ?? 1));
    }),
};
