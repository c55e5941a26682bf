import { setTimeout as sleep } from 'node:timers/promises';
import { endWorker, startWorker, type TestWorker } from '../server/workflows/workers';

const RESTART_PAUSE_MS = 300;

/** So many workers, each started again when it ends, as `brine start` does it. */
export class Crew {
  /** Exit codes of workers that ended by themselves after they were ready, with their last words. */
  readonly faults: string[] = [];
  private readonly pastErrors: string[] = [];
  private readonly workers = new Map<number, TestWorker>();
  private readonly victims = new Set<number>();
  private isOver = false;
  private readonly places: Promise<void>[] = [];

  constructor(private readonly size: number) {}

  start(): void {
    for (let place = 0; place < this.size; place++) this.places.push(this.keep(place));
  }

  get pids(): number[] {
    return [...this.workers.values()].map(({ process }) => process.pid!);
  }

  /** What workers, ended and living, said of faults of their own. */
  get errors(): string[] {
    return [...this.pastErrors, ...[...this.workers.values()].flatMap(errorsOf)];
  }

  /** Kills the worker of a place, if one is there; gives its pid. */
  kill(place: number): number | null {
    const worker = this.workers.get(place);
    if (!worker) return null;
    this.victims.add(worker.process.pid!);
    worker.process.kill('SIGKILL');
    return worker.process.pid!;
  }

  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all([...this.workers.values()].map((worker) => endWorker(worker, 'SIGTERM')));
    await Promise.all(this.places);
  }

  private async keep(place: number): Promise<void> {
    while (!this.isOver) {
      // Where the database is away just now it does not start, and is started again.
      const worker = await startWorker().catch(() => null);
      if (worker) await this.follow(place, worker);
      await sleep(RESTART_PAUSE_MS);
    }
  }

  private async follow(place: number, worker: TestWorker): Promise<void> {
    this.workers.set(place, worker);
    const { process: child } = worker;
    if (this.isOver) void endWorker(worker, 'SIGTERM');
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve));
    this.workers.delete(place);
    this.pastErrors.push(...errorsOf(worker));
    if (this.isOver || this.victims.has(child.pid!)) return;
    this.faults.push(`${child.exitCode ?? child.signalCode}: ${worker.log().slice(-2_000)}`);
  }
}

const errorsOf = (worker: TestWorker): string[] =>
  worker
    .log()
    .split('\n')
    .filter((line) => line.includes('"level":"error"') && !line.includes('"from":"dbos"'));
