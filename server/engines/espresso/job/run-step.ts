import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { JobStep } from './job-file';

export interface StepEnd {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** What tells why it failed: the end of its output, its CRASH file and its standard error. */
  words: string;
}

const TAIL_LINES = 200;

/** Runs one program to its end; its output goes line by line to NAME.out and to `onLine`. */
export async function runStep(step: JobStep, onLine: (line: string) => void): Promise<StepEnd> {
  rmSync('CRASH', { force: true });
  const [program, ...args] = [...step.launcher, step.program, ...step.pools, '-in', `${step.name}.in`];
  const child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = createWriteStream(`${step.name}.out`);
  const tail: string[] = [];
  const errors: string[] = [];
  const keep = (lines: string[], line: string) => {
    lines.push(line);
    if (lines.length > TAIL_LINES) lines.shift();
  };
  const failed = new Promise<string>((resolve) => child.once('error', (err) => resolve(err.message)));
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.write(`${line}\n`);
    keep(tail, line);
    onLine(line);
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    process.stderr.write(`${line}\n`);
    keep(errors, line);
  });
  const end = await Promise.race([ended, failed]);
  output.end();
  await once(output, 'finish');
  if (typeof end === 'string') return { exitCode: 127, signal: null, words: end };
  const crash = existsSync('CRASH') ? readFileSync('CRASH', 'utf8').slice(-4000) : '';
  return { exitCode: end[0], signal: end[1], words: [...tail, crash, ...errors].join('\n') };
}
