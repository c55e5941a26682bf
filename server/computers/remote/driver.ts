import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { blobPath } from '@/server/db/blobs';
import { logger } from '@/server/log';
import type { ComputerSettings } from '@/server/schemas/computers';
import { Turns } from '@/server/turns';
import { ComputerError } from '../computer-error';
import type { ComputerDriver, Run, RunState } from '../driver';
import { EXIT_CHECKPOINTED, type JobSpec } from '../job-spec';
import { layOut } from '../local/run';
import { refusal, runChecked, type Shell, TRANSFER_TIMEOUT_MS } from '../shell/shell';
import { sbatchLines, slurmName } from '../slurm/script';
import { stateOfWords } from '../slurm/states';
import { fileHash } from './file-hash';
import { FileStream } from './file-stream';
import { makeJobScript } from './job-script';
import { Poller } from './poller';
import { mirrorFolder } from './progress-mirror';
import { cancelSlurm, measureRuns, openWorkFolder, probeDisk, readRun, removeRuns, signalDirect } from './scripts';
import { startRun } from './start-run';

export interface RemoteComputer {
  name: string;
  settings: ComputerSettings;
}

/** For what walks through folders. */
const LONG = { timeoutMs: 300_000 };
/**
 * Jobs that are brought there, or whose results are brought here, at a time. A few that are whole are worth more than many halves: a link
 * or a worker may not last long.
 */
const TRANSFERS_MAX = 2;
const FIRST_WAIT_MS = 1_000;
const WAIT_MAX_MS = 60_000;

/** Exit codes by which our programs say how they ended; others may come from the computer. */
const ORDERLY: ReadonlySet<number> = new Set([0, 2, 3, EXIT_CHECKPOINTED]);
const NO_SPACE = 'no space left on device, while the job ran';
const diskFull = {
  code: 'remote-disk-full',
  message: 'The disk of the computer became full while the job ran.',
  advice: 'Free some space in its work folder, then submit a copy.',
};

/** Any computer whose runs lie in a folder that only a shell reaches: over SSH, or on this machine through Slurm. */
export class RemoteDriver implements ComputerDriver {
  readonly pollMs = 0;
  readonly endsWithPlatform = false;
  private readonly poller: Poller;
  private readonly transfers = new Turns(TRANSFERS_MAX);
  private root: Promise<string> | null = null;

  constructor(
    private readonly shell: Shell,
    private readonly computer: RemoteComputer,
  ) {
    this.poller = new Poller({
      shell,
      settings: computer.settings,
      folderOf: (run) => this.folderOf(run),
      persist: (act) => this.persist(act),
    });
  }

  async start(run: Run, spec: JobSpec, mayRun = false): Promise<void> {
    layOut(run.folder, { ...spec, blobs: {} }, blobPath);
    await mirrorFolder(run);
    // One question answers for all the runs that a worker takes over.
    if (mayRun && (await this.poller.look(run)).kind !== 'absent') return;
    await this.persist(() => this.transfers.take(() => this.startOnce(run, spec)));
  }

  async look(run: Run): Promise<RunState> {
    const state = await this.poller.look(run);
    const isBad = state.kind === 'vanished' || (state.kind === 'ended' && !ORDERLY.has(state.exitCode));
    return isBad ? this.examine(run, state) : state;
  }

  /** Why a run ended badly, as far as the computer tells: a full disk, or what Slurm wrote beside it. */
  private async examine(run: Run, state: RunState): Promise<RunState> {
    const folder = await this.folderOf(run);
    const probe = await this.persist(() => this.shell.run(probeDisk, [folder]));
    if (probe.exitCode !== 0 && refusal(probe.stderr).code === 'remote-disk-full') {
      // A run that ended with a word of its own is over; one that could not even write it goes on when there is space.
      if (state.kind === 'vanished') throw refusal(NO_SPACE);
      return { kind: 'lost', isWorthAnotherTry: false, failure: diskFull };
    }
    return (this.isSlurm && state.kind === 'vanished' && stateOfWords(probe.stdout.toString('utf8'))) || state;
  }

  /** Slurm keeps the time limit; of a run under SSH alone, when it began. */
  startedAt(run: Run): number | null {
    return this.isSlurm ? null : this.poller.startedAt(run);
  }

  async signal(run: Run, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.persist(async () => {
      if (this.isSlurm) await runChecked(this.shell, cancelSlurm, [slurmName(run)]);
      else await runChecked(this.shell, signalDirect, [await this.folderOf(run), String(run.attempt), signal.slice(3)]);
    });
    this.poller.hurry();
  }

  async collect(run: Run): Promise<void> {
    await this.persist(() => this.transfers.take(() => this.collectOnce(run)));
  }

  private async collectOnce(run: Run): Promise<void> {
    const files = new FileStream(run.folder);
    try {
      const { exitCode, stderr } = await this.shell.run(readRun, [await this.folderOf(run)], {
        onOutput: (chunk) => files.take(chunk),
        timeoutMs: TRANSFER_TIMEOUT_MS,
      });
      if (exitCode !== 0) throw refusal(stderr);
      files.end();
    } finally {
      files.release();
    }
  }

  async clean(ids: string[]): Promise<void> {
    await runChecked(this.shell, removeRuns, [`${await this.workFolder()}/runs`, ...ids], LONG);
  }

  async measure(ids: string[]): Promise<Map<string, number>> {
    const told = await runChecked(this.shell, measureRuns, [`${await this.workFolder()}/runs`, ...ids], LONG);
    const lines = told.toString('utf8').trim().split('\n').filter(Boolean);
    return new Map(
      lines.map((line) => {
        const [kilobytes, id] = line.split(/\s+/) as [string, string];
        return [id, 1024 * Number(kilobytes)];
      }),
    );
  }

  private get isSlurm(): boolean {
    return this.computer.settings.scheduler.kind === 'slurm';
  }

  private workFolder(): Promise<string> {
    this.root ??= runChecked(this.shell, openWorkFolder, [this.computer.settings.workFolder]).then((text) =>
      text.toString('utf8').trim(),
    );
    this.root.catch(() => {
      this.root = null;
    });
    return this.root;
  }

  private async folderOf({ id }: Run): Promise<string> {
    return `${await this.workFolder()}/runs/${id}`;
  }

  /** What cannot be reached is tried again with growing waits. @throws ComputerError where the patience ends, or it would not help. */
  private async persist<Value>(act: () => Promise<Value>): Promise<Value> {
    let until = Number.POSITIVE_INFINITY;
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, WAIT_MAX_MS)) {
      try {
        return await act();
      } catch (err) {
        until = Math.min(until, Date.now() + this.computer.settings.patienceSeconds * 1000);
        if (!(err instanceof ComputerError) || !err.isPassing || Date.now() + wait > until) throw err;
        logger.warn({ computer: this.computer.name, code: err.code, wait }, err.message);
        await sleep(wait);
      }
    }
  }

  private async startOnce(run: Run, spec: JobSpec): Promise<void> {
    const root = await this.workFolder();
    const folder = await this.folderOf(run);
    const program = await this.programOf(spec);
    const programPath = program && `${root}/programs/${program.name}`;
    await startRun(this.shell, {
      ...{ folder, attempt: run.attempt, slurmName: this.isSlurm ? slurmName(run) : null },
      stored: [
        ...(program ? [{ here: program.file, there: programPath!, name: null }] : []),
        ...Object.entries(spec.blobs).map(([name, sha256]) => ({
          ...{ here: blobPath(sha256), there: `${root}/blobs/${sha256}`, name },
        })),
      ],
      texts: { ...spec.files, [`job-${run.attempt}.sh`]: this.jobScript(run, spec, folder, programPath) },
    });
  }

  /** Our single-file program that the job runs by Node, with the name under which its build is kept there. */
  private async programOf({ command }: JobSpec): Promise<{ file: string; name: string } | null> {
    const [node, file] = command;
    if (node !== process.execPath || !file) return null;
    return { file, name: `${(await fileHash(file)).slice(0, 32)}-${basename(file)}` };
  }

  private jobScript(run: Run, spec: JobSpec, folder: string, program: string | null): string {
    const { settings } = this.computer;
    const { PATH: _path, LD_LIBRARY_PATH: _libraries, ...environment } = spec.environment;
    const { code, cores, memoryBytes, timeLimitSeconds } = spec;
    const { scheduler } = settings;
    return makeJobScript({
      folder,
      attempt: run.attempt,
      header:
        scheduler.kind === 'slurm'
          ? sbatchLines(scheduler, { name: slurmName(run), folder, cores, memoryBytes, timeLimitSeconds })
          : [],
      modules: [...settings.modules, ...(code?.modules ?? [])],
      prependTexts: [settings.prependText, code?.prependText ?? ''],
      pathFolders: code ? [dirname(code.path)] : [],
      environment,
      command: program ? [settings.node, program, ...spec.command.slice(2)] : spec.command,
      isNice: scheduler.kind === 'direct',
    });
  }
}
