import { spawn } from 'node:child_process';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunState } from '../driver';
import type { JobSpec } from '../job-spec';
import { isRunning } from './process-identity';

/**
 * The wrapper of a job. It claims the attempt by an atomic mkdir, so a second copy ends at once; writes its pid with boot
 * and start time; and at the end the exit code. It outlives SIGTERM to the group, so as to write down how the job took it.
 * The shell's own words do what they can: each program that it starts costs a millisecond or two, of which short jobs are made.
 * The job yields to the pages (nice): a machine that computes on all its cores still answers people at once.
 */
const wrapper = `
attempt=$1; shift
mkdir "claim/$attempt" 2>/dev/null || exit 0
trap : TERM INT HUP
boot=-
ticks=-
field() { shift 19; echo "$1"; }
{ read -r boot < /proc/sys/kernel/random/boot_id; read -r stat < /proc/$$/stat; } 2>/dev/null &&
  ticks=$(field \${stat##*) })
echo "$attempt $$ $boot $ticks" > pid
command -v nice > /dev/null && set -- nice -n 10 "$@"
"$@" >> stdout 2>> stderr < /dev/null
echo "$attempt $?" > rc
`;

/** Lays out a run's folder: its input, and what it needs from the blob store. Doing it again changes nothing. */
export function layOut(folder: string, spec: JobSpec, pathOfBlob: (sha256: string) => string): void {
  mkdirSync(join(folder, 'claim'), { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(spec.files)) {
    const temporary = join(folder, `${name}.tmp`);
    mkdirSync(dirname(temporary), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, join(folder, name));
  }
  for (const [name, sha256] of Object.entries(spec.blobs)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
    copyFileSync(pathOfBlob(sha256), join(folder, name), constants.COPYFILE_FICLONE);
  }
}

/** Starts an attempt as a process group of its own, unless it has been started before. */
export function startRun(folder: string, attempt: number, spec: Pick<JobSpec, 'command' | 'environment'>): void {
  if (existsSync(join(folder, 'claim', String(attempt)))) return;
  // Each attempt writes its progress from line one.
  const progress = join(folder, 'progress.jsonl');
  if (attempt > 1 && existsSync(progress)) renameSync(progress, join(folder, `progress-${attempt - 1}.jsonl`));
  const child = spawn('sh', ['-c', wrapper, 'brine-job', String(attempt), ...spec.command], {
    cwd: folder,
    detached: true,
    stdio: 'ignore',
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH ?? '/usr/bin:/bin',
      HOME: process.env.HOME ?? folder,
      LANG: 'C.UTF-8',
      ...spec.environment,
    },
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  exits.set(folder, exited);
  void exited.then(() => exits.delete(folder));
  child.unref();
}

/** Runs that this process started and that have not ended. */
const exits = new Map<string, Promise<void>>();

/** Settles when a run ends; null where another process started it, or it has ended. */
export const untilExit = (folder: string): Promise<void> | null => exits.get(folder) ?? null;

type LocalState = Exclude<RunState, { kind: 'running' }> | { kind: 'running'; pid: number };

export function inspectRun(folder: string, attempt: number): LocalState {
  const ended = readEnd(folder, attempt);
  if (ended) return ended;
  const fields = readFields(join(folder, 'pid'));
  if (fields && Number(fields[0]) === attempt) {
    const [, pid, boot, ticks] = fields;
    const isAlive = isRunning({ pid: Number(pid), bootId: boot!, startTicks: ticks! });
    if (isAlive) return { kind: 'running', pid: Number(pid) };
    // It may have ended between the two looks.
    return readEnd(folder, attempt) ?? { kind: 'vanished' };
  }
  return { kind: existsSync(join(folder, 'claim', String(attempt))) ? 'starting' : 'absent' };
}

function readEnd(folder: string, attempt: number): LocalState | null {
  const fields = readFields(join(folder, 'rc'));
  return fields && Number(fields[0]) === attempt ? { kind: 'ended', exitCode: Number(fields[1]) } : null;
}

function readFields(file: string): string[] | null {
  try {
    return readFileSync(file, 'utf8').trim().split(' ');
  } catch {
    return null;
  }
}

/** When an attempt began, in milliseconds of the epoch; null where it has not. */
export function claimedAt(folder: string, attempt: number): number | null {
  return statSync(join(folder, 'claim', String(attempt)), { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** Signals the whole process group of an attempt; does nothing where it does not run. */
export function signalRun(folder: string, attempt: number, signal: NodeJS.Signals): void {
  const state = inspectRun(folder, attempt);
  if (state.kind !== 'running') return;
  try {
    process.kill(-state.pid, signal);
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'ESRCH') throw err;
  }
}
