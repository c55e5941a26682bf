import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Tests and benches run in the root of the repository. */
const program = resolve('bin/brine.mjs');
/** The first start may have to build. */
const START_MAX_MS = 240_000;
const STOP_MAX_MS = 60_000;

export interface Platform {
  dataFolder: string;
  /** `http://127.0.0.1:3100` */
  origin: string;
  /** The printed address, which signs a browser in. */
  address: string;
  key: string;
  pid: number;
  /** From the command to the line with the address. */
  startMs: number;
  stdout(): string;
  stderr(): string;
  /** Sends a signal and gives the exit code; null where the signal ended the process. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export interface StartOptions {
  dataFolder: string;
  port?: number;
  environment?: Record<string, string>;
}

/** `brine start`, as a person runs it, up to the line with the address. */
export async function startPlatform({ dataFolder, port, environment }: StartOptions): Promise<Platform> {
  const started = Date.now();
  const run = launch(['start'], {
    dataFolder,
    environment: { PORT: String(port ?? (await freePort())), ...environment },
  });
  const address = await Promise.race([
    run.ended.then((code) => Promise.reject(new Error(`start ended with ${code}:\n${run.stdout()}${run.stderr()}`))),
    until(() => /http:\/\/\S+\/open\?key=\S+/.exec(run.stdout())?.[0], START_MAX_MS, 'no address was printed', 10),
  ]);
  const { origin, searchParams } = new URL(address);
  return {
    ...{ dataFolder, origin, address, pid: run.pid, stdout: run.stdout, stderr: run.stderr },
    key: searchParams.get('key')!,
    startMs: Date.now() - started,
    async end(signal) {
      process.kill(run.pid, signal);
      const timeout = sleep(STOP_MAX_MS, undefined, { ref: false }).then(() => {
        throw new Error(`start did not end within ${STOP_MAX_MS / 1000} s of ${signal}`);
      });
      return Promise.race([run.ended, timeout]);
    },
  };
}

export interface CommandResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

interface CommandOptions {
  dataFolder: string;
  cwd?: string;
  input?: string;
  environment?: Record<string, string>;
}

/** A command of the command line, run to its end. */
export async function brine(args: string[], options: CommandOptions): Promise<CommandResult> {
  const run = launch(args, options);
  return { status: await run.ended, stdout: run.stdout(), stderr: run.stderr() };
}

function launch(args: string[], { dataFolder, cwd, input, environment }: CommandOptions) {
  // What the tests run under is not what a person runs under.
  const { NODE_ENV: _, DATABASE_URL: __, HOST: ___, VITEST: ____, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    // As from a terminal of its own: a signal to the tests does not reach it.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...inherited, BRINE_DATA: dataFolder, ...environment } as unknown as NodeJS.ProcessEnv,
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk) => (text.stderr += chunk));
  child.stdin.on('error', () => undefined).end(input ?? '');
  // 'exit' and not 'close': children that were left behind may hold the streams.
  const ended = new Promise<number | null>((settle) => {
    child.on('exit', (code) => setTimeout(() => settle(code), 20));
    child.on('close', (code) => settle(code));
  });
  return { pid: child.pid!, ended, stdout: () => text.stdout, stderr: () => text.stderr };
}

export interface FoundProcess {
  pid: number;
  command: string;
}

/** All processes that have to do with a data folder: by command line, environment or working folder. */
export function processesOf(dataFolder: string): FoundProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
        const isOurs =
          command.includes(dataFolder) ||
          environment.includes(`BRINE_DATA=${dataFolder}`) ||
          readlinkSync(`/proc/${name}/cwd`).startsWith(dataFolder);
        return isOurs && command ? [{ pid: Number(name), command }] : [];
      } catch {
        // It has ended, or belongs to somebody else.
        return [];
      }
    });
}

/** Ends all of a data folder's processes at once, as a power cut would. */
export async function killAll(dataFolder: string): Promise<void> {
  await until(
    () => {
      const left = processesOf(dataFolder);
      for (const { pid } of left) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It has ended.
        }
      }
      return left.length === 0 || undefined;
    },
    10_000,
    'processes stay',
  );
}

export function makeDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'brine-e2e-'));
  // PostgreSQL's user must reach it, or else its cluster would lie, and stay, outside.
  chmodSync(folder, 0o711);
  return folder;
}

export async function removeDataFolder(dataFolder: string): Promise<void> {
  await killAll(dataFolder);
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
}

/** What `look` gives, as soon as it gives something. */
export async function until<Value>(
  look: () => Value | undefined | null | Promise<Value | undefined | null>,
  timeoutMs: number,
  complaint: string,
  pauseMs = 50,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== null) return value;
    if (Date.now() > deadline) throw new Error(`${complaint} within ${timeoutMs / 1000} s`);
    await sleep(pauseMs);
  }
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => settle(port));
    });
  });
}
