import type { ComputerSettings } from '@/server/schemas/computers';
import { unanswered } from '../computer-error';
import type { Run, RunState } from '../driver';
import { runChecked, type Shell } from '../shell/shell';
import { slurmName } from '../slurm/script';
import { isOrderly, parseQueue, type SlurmState, stateOf } from '../slurm/states';
import { parseLooks, type SeenRun } from './parse-looks';
import { addProgress, mirroredBytes } from './progress-mirror';
import { askEnd, askQueue, lookAtRuns } from './scripts';

interface Parts {
  shell: Shell;
  settings: ComputerSettings;
  folderOf(run: Run): Promise<string>;
  persist<Value>(act: () => Promise<Value>): Promise<Value>;
}

interface Waiter {
  run: Run;
  resolve(state: RunState): void;
  reject(err: unknown): void;
}

/** Runs in one question: the line of a command has its length. */
const RUNS_AT_ONCE = 100;
const GROWTH = 1.5;
/** A job that left the queue may have written its exit code to a disk that shows it later. */
const LATE_MS = 10_000;

/** Looks at all runs of a computer together, one question to its scheduler a time, the less often the less happens. */
export class Poller {
  private waiting: Waiter[] = [];
  private timer: NodeJS.Timeout | null = null;
  private isBusy = false;
  private pauseMs: number;
  private readonly lastSeen = new Map<string, string>();
  private readonly began = new Map<string, number>();
  private readonly goneSince = new Map<string, number>();

  constructor(private readonly parts: Parts) {
    this.pauseMs = parts.settings.pollSeconds * 1000;
  }

  look(run: Run): Promise<RunState> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ run, resolve, reject });
      this.schedule();
    });
  }

  startedAt = (run: Run): number | null => this.began.get(keyOf(run)) ?? null;

  /** Something was done that shows soon. */
  hurry(): void {
    this.pauseMs = this.parts.settings.pollSeconds * 1000;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.schedule();
  }

  private schedule(): void {
    if (this.timer || this.isBusy || this.waiting.length === 0) return;
    this.timer = setTimeout(() => void this.poll(), this.pauseMs);
  }

  private async poll(): Promise<void> {
    this.timer = null;
    this.isBusy = true;
    const waiters = this.waiting.splice(0, RUNS_AT_ONCE);
    try {
      const states = await this.parts.persist(() => this.lookAtAll(waiters.map(({ run }) => run)));
      const isNews = waiters.map(({ run }, index) => this.isNew(run, states[index]!)).some(Boolean);
      const { pollSeconds, pollMaxSeconds } = this.parts.settings;
      this.pauseMs = isNews
        ? pollSeconds * 1000
        : Math.min(this.pauseMs * GROWTH, Math.max(pollMaxSeconds, pollSeconds) * 1000);
      for (const [index, { resolve }] of waiters.entries()) resolve(states[index]!);
    } catch (err) {
      for (const { reject } of waiters) reject(err);
    } finally {
      this.isBusy = false;
      this.schedule();
    }
  }

  private isNew(run: Run, state: RunState): boolean {
    const now = JSON.stringify([state, this.progress.get(keyOf(run))]);
    const before = this.lastSeen.get(keyOf(run));
    this.lastSeen.set(keyOf(run), now);
    return before !== now;
  }

  private readonly progress = new Map<string, number>();

  private async lookAtAll(runs: Run[]): Promise<RunState[]> {
    const { shell, settings, folderOf } = this.parts;
    const isSlurm = settings.scheduler.kind === 'slurm';
    // The queue first: a job that ends between the two questions has then written its exit code.
    const queue = isSlurm ? await this.askQueue() : null;
    const words: string[] = [];
    for (const run of runs) words.push(await folderOf(run), String(run.attempt), String(await mirroredBytes(run)));
    const seen = parseLooks(await runChecked(shell, lookAtRuns, words), runs.length);
    const states: RunState[] = [];
    for (const [index, run] of runs.entries()) {
      const look = seen[index]!;
      if (look.progress.length > 0) await addProgress(run, look.progress);
      this.progress.set(keyOf(run), (this.progress.get(keyOf(run)) ?? 0) + look.progress.length);
      if (look.beganAt !== null) this.began.set(keyOf(run), look.beganAt);
      states.push(queue ? await this.underSlurm(run, look, queue) : directState(look));
    }
    return states;
  }

  private async askQueue(): Promise<Map<string, SlurmState>> {
    const { exitCode, stdout, stderr } = await this.parts.shell.run(askQueue, []);
    if (exitCode !== 0) throw unanswered(stderr.trim().slice(0, 300));
    return parseQueue(stdout.toString('utf8'));
  }

  private async underSlurm(run: Run, look: SeenRun, queue: Map<string, SlurmState>): Promise<RunState> {
    if (look.submitted === null && !look.isClaimed) return { kind: 'absent' };
    // Of a job that left the queue with its results nobody asks how: that is a question for each of them.
    const job = queue.get(slurmName(run)) ?? (isOrderly(look.exitCode) ? null : await this.askEnd(look.submitted));
    const state = job && stateOf(job, look.exitCode);
    if (state) return this.stay(run, state);
    if (look.exitCode !== null) return { kind: 'ended', exitCode: look.exitCode };
    // Told nothing by anybody: a little later the exit code may be seen, or the job stays gone.
    const since = this.goneSince.get(keyOf(run)) ?? Date.now();
    this.goneSince.set(keyOf(run), since);
    return Date.now() - since > LATE_MS ? { kind: 'vanished' } : { kind: 'running' };
  }

  private stay(run: Run, state: RunState): RunState {
    this.goneSince.delete(keyOf(run));
    return state;
  }

  private async askEnd(jobId: string | null): Promise<SlurmState | null> {
    if (jobId === null) return null;
    const text = (await runChecked(this.parts.shell, askEnd, [jobId])).toString('utf8');
    return [...parseQueue(text).values()][0] ?? null;
  }
}

function directState(look: SeenRun): RunState {
  if (look.exitCode !== null) return { kind: 'ended', exitCode: look.exitCode };
  if (look.isAlive) return { kind: 'running' };
  if (look.hasPid) return { kind: 'vanished' };
  return { kind: look.isClaimed || look.submitted !== null ? 'starting' : 'absent' };
}

const keyOf = ({ id, attempt }: Run) => `${id} ${attempt}`;
