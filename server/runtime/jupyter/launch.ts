import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { constants as osConstants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { BWRAP, bubblewrapArguments, sandboxPaths, whyNoBubblewrap } from './bubblewrap';
import { pythonPath, writeDenoConfig } from './client';
import { CONNECTION_FILE, type Connection } from './connection';
import type { Kernelspec } from './kernelspecs';
import { watchMemory } from './memory-watch';

export interface Limits {
  /** What all processes of the runtime together may hold. */
  memoryBytes: number;
  /** Of processor time, for each process. */
  cpuSeconds?: number;
  /** At a time, for the user whose processes these are. */
  processes?: number;
}

export interface LaunchOptions {
  spec: Kernelspec;
  /** Its own, made where it is not there. */
  folder: string;
  environment: Record<string, string>;
  limits: Limits;
  /** Files and folders beside its own that the runtime may read. */
  readable?: string[];
  /** Whether caches and settings of programs go when it ends, and do not stay in the folder. */
  isHomeTemporary?: boolean;
}

export interface Exit {
  exitCode: number | null;
  signal: string | null;
  /** Why we ended it, where we did. */
  reason: 'memory' | null;
}

/** A running kernel: a process group of its own, in a sandbox where there is one. */
export interface KernelProcess {
  /** Of what we started; the group bears its number. */
  pid: number;
  exited: Promise<Exit>;
  /** SIGINT to the kernel and to what it runs. */
  interrupt(): void;
  /** Ends all of it at once. */
  kill(): void;
  /** The end of what it said on standard error. */
  errorTail(): string;
}

const ERROR_TAIL = 4_000;

export const isConfined = (): boolean => whyNoBubblewrap() === null;

/** The folder as the runtime sees it. */
export const kernelFolderOf = (folder: string): string => (isConfined() ? sandboxPaths.kernel : folder);

/** Starts the kernel of a kernelspec. Its environment is a list of what is allowed: none of ours is handed on. */
export function launchKernel(options: LaunchOptions, connection: Connection): KernelProcess {
  const { spec, folder } = options;
  const isInSandbox = isConfined();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!isInSandbox) writeDenoConfig();
  const replace = {
    connection_file: join(kernelFolderOf(connection.folder), CONNECTION_FILE),
    resource_dir: spec.folder ?? '',
  };
  const [program, ...rest] = spec.argv.map((part) =>
    part.replace(/\{(connection_file|resource_dir)\}/g, (_, name: keyof typeof replace) => replace[name]),
  ) as [string, ...string[]];
  const argv = [findProgram(program), ...rest];
  const readable = [...(options.readable ?? []), ...(spec.folder ? [spec.folder] : [])];
  const command = isInSandbox
    ? [
        BWRAP,
        ...bubblewrapArguments({
          argv,
          folder,
          kernelFolder: connection.folder,
          temporaryFolder: connection.temporaryFolder,
          sharedMemoryFolder: connection.sharedMemoryFolder,
          readable,
        }),
      ]
    : [...(existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'KILL', '--'] : []), ...argv];
  const [file, ...args] = [...limitArguments(options), ...command] as [string, ...string[]];
  const child = spawn(file, args, {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', isInSandbox ? 'pipe' : 'ignore'],
    env: environmentOf(options, argv[0]!, isInSandbox ? '/tmp' : connection.temporaryFolder),
  });
  return watch(child, isInSandbox, options.limits.memoryBytes);
}

/** The only variables that a kernel finds. */
function environmentOf(options: LaunchOptions, program: string, temporaryFolder: string) {
  const { spec, folder, environment, isHomeTemporary } = options;
  const ownFolder = isConfined() ? sandboxPaths.folder : folder;
  const variables: Record<string, string> = {
    PATH: `${dirname(program)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: isHomeTemporary ? temporaryFolder : ownFolder,
    TMPDIR: temporaryFolder,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    ...(process.env.TZ ? { TZ: process.env.TZ } : {}),
    ...spec.environment,
    ...environment,
  };
  // Of the person's own modules none is hidden by ours.
  variables['PYTHONPATH'] = [variables['PYTHONPATH'], pythonPath(isConfined())].filter(Boolean).join(delimiter);
  return variables as NodeJS.ProcessEnv;
}

const PRLIMIT = '/usr/bin/prlimit';
const SETPRIV = '/usr/bin/setpriv';

export const hasLimits = (): boolean => existsSync(PRLIMIT);

function limitArguments({ limits, spec }: LaunchOptions): string[] {
  if (!hasLimits()) return [];
  return [
    ...[PRLIMIT, '--core=0', `--data=${limits.memoryBytes + spec.reservedBytes}`],
    ...(limits.cpuSeconds ? [`--cpu=${limits.cpuSeconds}`] : []),
    ...(limits.processes ? [`--nproc=${limits.processes}`] : []),
    '--',
  ];
}

function watch(child: ChildProcess, isInSandbox: boolean, memoryBytes: number): KernelProcess {
  let said = '';
  child.stdout?.resume();
  child.stderr?.on('data', (chunk) => {
    said = (said + chunk).slice(-ERROR_TAIL);
  });
  /** Of the first process in the sandbox, which leads a group of its own there. */
  let inner: number | null = null;
  let information = '';
  const pipe = child.stdio[3] as NodeJS.ReadableStream | null;
  pipe?.on('data', (chunk) => {
    information += chunk;
    inner ??= Number(/"child-pid": *(\d+)/.exec(information)?.[1] ?? 0) || null;
  });
  const signalGroup = (leader: number | null | undefined, signal: NodeJS.Signals) => {
    if (!leader) return;
    try {
      process.kill(-leader, signal);
    } catch {
      // None of it is left.
    }
  };
  const kill = () => {
    signalGroup(inner, 'SIGKILL');
    signalGroup(child.pid, 'SIGKILL');
  };
  let reason: Exit['reason'] = null;
  const unwatch = watchMemory(child.pid ?? 0, memoryBytes, () => {
    reason = 'memory';
    kill();
  });
  const exited = new Promise<Exit>((settle) => {
    child.once('error', (err) => {
      said += err.message;
      unwatch();
      settle({ exitCode: 127, signal: null, reason });
    });
    child.once('exit', (exitCode, signal) => {
      unwatch();
      // What the kernel started and left behind goes with it.
      signalGroup(child.pid, 'SIGKILL');
      settle({ ...(isInSandbox ? asOfKernel(exitCode, signal) : { exitCode, signal }), reason });
    });
  });
  return {
    pid: child.pid ?? 0,
    exited,
    // To the sandbox's own processes a signal would be its end.
    interrupt: () => signalGroup(isInSandbox ? inner : child.pid, 'SIGINT'),
    kill,
    errorTail: () => said.trim(),
  };
}

/** The sandbox ends with 128 and the number of the signal that ended the kernel. */
function asOfKernel(exitCode: number | null, signal: string | null): Pick<Exit, 'exitCode' | 'signal'> {
  const name = Object.entries(osConstants.signals).find(([, number]) => exitCode === 128 + number)?.[0];
  return name ? { exitCode: null, signal: name } : { exitCode, signal };
}

/** As the shell finds it, so that the sandbox knows which file to show. */
function findProgram(program: string): string {
  if (program.includes('/')) return program;
  const folders = (process.env.PATH ?? '/usr/bin:/bin').split(delimiter);
  return folders.map((folder) => join(folder, program)).find(isExecutable) ?? program;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
