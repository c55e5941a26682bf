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

/** From the wish that a program stops in good order to its end by force. */
const STOP_MAX_MS = 15_000;
/** A program that is started so hears of the end from us and not from the signal to its group. */
const DEAF = ['sh', '-c', 'trap "" TERM INT HUP; exec "$@"', 'sh'];

/**
 * mpirun listens to signals whatever it is started with, and takes one as the end of all its processes. It gets a process group of its
 * own, and a guard that ends it once our end of the pipe closes: when we want it, and when we are killed ourselves.
 */
const GUARDED = [
  'sh',
  '-c',
  `exec 3<&0
"$@" < /dev/null 3<&- &
program=$!
(cat <&3; kill -TERM "$program") > /dev/null 2>&1 &
guard=$!
wait "$program"
code=$?
kill "$guard"
exit "$code"`,
  'sh',
];

interface StepOptions {
  onLine(line: string): void;
  /** Raised when the step shall end. */
  stop: AbortSignal;
  /** Asks the program to end; null where only the signal does it, which the program gets with its group. */
  askToStop: (() => void) | null;
}

/** Runs one program to its end; its output goes line by line to NAME.out and to `onLine`. */
export async function runStep(step: JobStep, { onLine, stop, askToStop }: StepOptions): Promise<StepEnd> {
  rmSync('CRASH', { force: true });
  const command = [...step.launcher, step.program, ...step.pools, '-in', `${step.name}.in`];
  const isGuarded = askToStop !== null && step.launcher.length > 0;
  const [program, ...args] = askToStop ? [...(isGuarded ? GUARDED : DEAF), ...command] : command;
  const child = spawn(program!, args, {
    stdio: [isGuarded ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    detached: isGuarded,
  });
  let killer: NodeJS.Timeout | undefined;
  const end = () => {
    askToStop?.();
    killer = setTimeout(() => (isGuarded ? child.stdin!.destroy() : child.kill('SIGKILL')), STOP_MAX_MS);
  };
  stop.addEventListener('abort', end, { once: true });
  const output = createWriteStream(`${step.name}.out`);
  const tail: string[] = [];
  const errors: string[] = [];
  const keep = (lines: string[], line: string) => {
    lines.push(line);
    if (lines.length > TAIL_LINES) lines.shift();
  };
  const failed = new Promise<string>((resolve) => child.once('error', (err) => resolve(err.message)));
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  createInterface({ input: child.stdout! }).on('line', (line) => {
    output.write(`${line}\n`);
    // What a person reads while it runs.
    process.stdout.write(`${line}\n`);
    keep(tail, line);
    onLine(line);
  });
  createInterface({ input: child.stderr! }).on('line', (line) => {
    process.stderr.write(`${line}\n`);
    keep(errors, line);
  });
  const outcome = await Promise.race([ended, failed]);
  clearTimeout(killer);
  child.stdin?.destroy();
  stop.removeEventListener('abort', end);
  output.end();
  await once(output, 'finish');
  if (typeof outcome === 'string') return { exitCode: 127, signal: null, words: outcome };
  const crash = existsSync('CRASH') ? readFileSync('CRASH', 'utf8').slice(-4000) : '';
  return { exitCode: outcome[0], signal: outcome[1], words: [...tail, crash, ...errors].join('\n') };
}
