import { identityOf, type ProcessIdentity } from '@/server/computers/local/process-identity';
import { closeDatabase } from '@/server/db/client';
import { migrate } from '@/server/db/migrate';
import { type EmbeddedPostgres, startPostgres } from '@/server/db/postgres';
import { env } from '@/server/env';
import { isDatabaseAway } from '@/server/errors';
import { ensurePlatformApps } from '@/server/services/apps/platform-apps';
import { accessKey } from '@/server/services/auth/access-key';
import { ensureCliToken } from '@/server/services/auth/cli-token';
import { ensureLocalOwner } from '@/server/services/auth/local-owner';
import { CliError } from '../cli-error';
import { type Child, endGroup, startChild } from './children';
import { claimPlatform, removePlatform, writePlatform } from './platform-file';
import { findPort } from './ports';
import { checkDatabaseUrl, makeDataFolder, readAddress } from './settings';

const WEB_READY_MAX_MS = 30_000;
const WORKER_READY_MAX_MS = 15_000;
const WEB_GRACE_MS = 3_000;
/** Jobs write their checkpoints in this time. */
const WORKER_GRACE_MS = 30_000;
/** Kernels are ended and notebooks stored in this time. */
const RUNTIMES_GRACE_MS = 10_000;
/** A worker that dies is started again, but not in a tight circle. */
const RESTART_PAUSE_MS = 1_000;

const POSTGRES_LOOK_MS = 500;

/** Brings the platform up, waits for the end, takes it down: no process is left behind. */
export async function runPlatform(): Promise<number> {
  const { host, port: wanted } = readAddress();
  checkDatabaseUrl();
  makeDataFolder();
  const claim = claimPlatform();
  if (claim.other) {
    const { origin } = claim.other;
    console.error(`Brine already runs in this folder${origin ? '' : ', and is still starting'}.`);
    if (origin) console.log(addressOf(origin));
    return 0;
  }
  const platform = new PlatformProcesses();
  const ended = platform.untilEnded();
  try {
    await Promise.race([platform.start(host, wanted, claim.left), ended]);
    return await ended;
  } finally {
    await platform.stop();
  }
}

/** What a person can do about a database of their own that does not take us. */
function explainDatabase(err: unknown): CliError {
  const { code = '', message = String(err) } = err as { code?: string; message?: string };
  const why = message || code;
  if (code === '28P01' || code === '28000')
    return new CliError(`The database of DATABASE_URL refuses the user or the password: ${why}.`);
  if (code === '3D000')
    return new CliError(`The database of DATABASE_URL is not there: ${why}. Make it with createdb.`);
  if (isDatabaseAway(err) || /^(ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(code))
    return new CliError(
      `The database of DATABASE_URL does not answer: ${why}. Start it, or unset DATABASE_URL to use the embedded one.`,
    );
  return new CliError(`The database of DATABASE_URL cannot be used: ${why}.`);
}

const addressOf = (origin: string) => `Brine is served at ${origin}/open?key=${accessKey()}`;

class PlatformProcesses {
  private readonly starter = identityOf(process.pid);
  private web: Child | null = null;
  private worker: Child | null = null;
  private runtimes: Child | null = null;
  private postgres: EmbeddedPostgres | null = null;
  private postgresWatch: NodeJS.Timeout | undefined;
  /** The start of the database that is going on, or went on last: an end in its midst waits for it, and leaves no server. */
  private databaseStart: Promise<void> = Promise.resolve();
  private origin: string | undefined;
  private isStopping = false;
  private tellWorkerReady: () => void = () => undefined;
  private readonly workerReady = new Promise<void>((resolve) => {
    this.tellWorkerReady = resolve;
  });
  private end: (status: number) => void = () => undefined;

  /** Settles at Ctrl-C, at SIGTERM, or when the web dies. */
  untilEnded(): Promise<number> {
    return new Promise((resolve) => {
      this.end = resolve;
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(0));
    });
  }

  /** What a killed start left ends before new processes begin. The database first; then web, worker and runtimes side by side. */
  async start(host: string, wanted: number, left: ProcessIdentity[]): Promise<void> {
    await Promise.all(left.map((identity) => endGroup(identity, WORKER_GRACE_MS)));
    if (this.isStopping) return;
    this.write();
    this.databaseStart = this.startDatabase();
    const [port] = await Promise.all([findPort(host, wanted), this.databaseStart]);
    if (this.isStopping) return;
    if (port !== wanted && wanted !== 0) console.error(`Port ${wanted} is busy: using ${port}.`);
    const origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    this.watchPostgres();
    this.startWeb(host, port);
    this.startWorker();
    this.startRuntimes(origin);
    await Promise.all([this.untilServed(origin), this.untilWorkerReady()]);
    if (this.isStopping) return;
    this.origin = origin;
    this.write();
    console.log(addressOf(origin));
  }

  private async startDatabase(): Promise<void> {
    if (!process.env.DATABASE_URL) {
      this.postgres = await startPostgres(env().dataFolder);
      process.env.DATABASE_URL = this.postgres.url;
      process.env.BRINE_EMBEDDED_POSTGRES = '1';
    }
    if (this.isStopping) return;
    try {
      await migrate(process.env.DATABASE_URL!);
      await ensureCliToken(await ensureLocalOwner());
      await ensurePlatformApps();
      await closeDatabase();
    } catch (err) {
      throw this.postgres ? err : explainDatabase(err);
    }
  }

  /** PostgreSQL that was killed from outside comes back under the same address: web and worker connect again by themselves. */
  private watchPostgres(): void {
    const look = async () => {
      if (!this.isStopping && this.postgres && !this.postgres.isRunning()) {
        console.error('PostgreSQL ended; it is started again.');
        this.databaseStart = this.postgres.restart();
        await this.databaseStart;
      }
      if (!this.isStopping) this.postgresWatch = setTimeout(() => void watch(), POSTGRES_LOOK_MS);
    };
    const watch = () =>
      look().catch((err) => {
        console.error(err instanceof Error ? err.message : String(err));
        this.end(1);
      });
    void watch();
  }

  private startWeb(host: string, port: number): void {
    const command = ['node_modules/next/dist/bin/next', 'start', '-H', host, '-p', String(port)];
    this.web = startChild('web', command, {});
    this.write();
    const { identity, process: child } = this.web;
    child.once('exit', (code) => {
      if (this.isStopping) return;
      // What never served has a fault that another start would meet again.
      if (!this.origin) {
        console.error(`The web ended with exit code ${code}: see logs/web.log in the data folder.`);
        this.end(1);
        return;
      }
      console.error('The web ended; it is started again.');
      setTimeout(
        () => void endGroup(identity, 0).then(() => this.isStopping || this.startWeb(host, port)),
        RESTART_PAUSE_MS,
      );
    });
  }

  private startWorker(): void {
    if (this.isStopping) return;
    this.worker = startChild('worker', ['--enable-source-maps', 'dist/worker.mjs'], {});
    this.write();
    this.worker.process.once('message', () => this.tellWorkerReady());
    this.worker.process.once('exit', () => {
      if (this.isStopping) return;
      console.error('The worker ended; another takes over its calculations.');
      setTimeout(() => this.startWorker(), RESTART_PAUSE_MS);
    });
  }

  private startRuntimes(origin: string): void {
    if (this.isStopping) return;
    this.runtimes = startChild('runtimes', ['--enable-source-maps', 'dist/runtimes.mjs'], { BRINE_ORIGIN: origin });
    this.write();
    this.runtimes.process.once('exit', () => {
      if (this.isStopping) return;
      console.error('The process that runs notebooks ended; it is started again.');
      setTimeout(() => this.startRuntimes(origin), RESTART_PAUSE_MS);
    });
  }

  private async untilServed(origin: string): Promise<void> {
    const deadline = Date.now() + WEB_READY_MAX_MS;
    while (!this.isStopping) {
      const answer = await fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
      if (answer?.ok) return;
      if (Date.now() > deadline)
        throw new CliError('The web did not answer within 30 s: see logs/web.log in the data folder.');
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /** On the first start it makes the queue into which calculations are put. A platform without one is served all the same. */
  private async untilWorkerReady(): Promise<void> {
    const limit = new Promise((resolve) => setTimeout(resolve, WORKER_READY_MAX_MS).unref());
    await Promise.race([this.workerReady, limit]);
  }

  private write(): void {
    const children = [this.web, this.worker, this.runtimes].flatMap((child) => (child ? [child.identity] : []));
    writePlatform({ starter: this.starter, children, ...(this.origin ? { origin: this.origin } : {}) });
  }

  /** The worker first, so that its jobs reach their checkpoints; the database last. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all([
      this.worker && endGroup(this.worker.identity, WORKER_GRACE_MS),
      this.runtimes && endGroup(this.runtimes.identity, RUNTIMES_GRACE_MS),
      this.web && endGroup(this.web.identity, WEB_GRACE_MS),
    ]);
    clearTimeout(this.postgresWatch);
    await this.databaseStart.catch(() => undefined);
    await this.postgres?.stop();
    removePlatform();
  }
}
