import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface PostgresUser {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root; there it runs as user postgres, which is made where it does not exist. Null: run as oneself. */
export function postgresUser(): PostgresUser | null {
  if (process.getuid?.() !== 0) return null;
  if (idOf('-u') === null) {
    spawnSync('groupadd', ['--system', 'postgres']);
    spawnSync('useradd', [
      '--system',
      '--gid',
      'postgres',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
  }
  const uid = idOf('-u');
  const gid = idOf('-g');
  if (uid === null || gid === null)
    throw new Error(
      'PostgreSQL does not run as root, and user postgres could not be made. Run as another user, or set DATABASE_URL.',
    );
  return { uid, gid };
}

function idOf(flag: '-u' | '-g'): number | null {
  const run = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return run.status === 0 ? Number(run.stdout.trim()) : null;
}

/** Whether everyone may pass through each folder above `path`: a home of mode 700 stops user postgres. */
export function isReachable(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Where a folder of PostgreSQL lies for that user: as it stands, or under /var/lib/brine if it cannot be reached. */
export function reachableFolder(path: string, user: PostgresUser | null, name: string): string {
  if (!user || isReachable(path)) return path;
  return join('/var/lib/brine', name);
}

/** PostgreSQL's own binaries, copied to where its user can run them if they lie in a closed folder. */
export function reachableBinaries(native: string, user: PostgresUser | null, version: string): string {
  if (!user || canRun(join(native, 'bin', 'postgres'), user)) return native;
  const copy = join('/var/lib/brine', `postgres-${version}`);
  if (!canRun(join(copy, 'bin', 'postgres'), user)) {
    mkdirSync('/var/lib/brine', { recursive: true, mode: 0o755 });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'a+rX', copy]);
  }
  return copy;
}

const canRun = (binary: string, user: PostgresUser) =>
  isReachable(binary) && spawnSync(binary, ['--version'], { ...user, stdio: 'ignore' }).status === 0;
