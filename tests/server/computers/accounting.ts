import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

interface Parts {
  /** Of the test's Slurm, with its munge and its log. */
  folder: string;
  databasePort: number;
  port: number;
  environment: NodeJS.ProcessEnv;
  until(condition: () => boolean | Promise<boolean>, what: string): Promise<void>;
}

/** Debian's packages slurmdbd and mariadb-server. */
export const hasAccounting = ['mariadbd', 'slurmdbd'].every((name) => existsSync(`/usr/sbin/${name}`));

/** What slurm.conf says of it. */
export const accountingLines = (folder: string, port: number) => `AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort=${port}
AccountingStorageUser=root
AccountingStoragePass=${folder}/munge/sock`;

/** Slurm's accounting with a MariaDB of its own, in the folder of a test's Slurm whose munge runs. */
export async function startAccounting({
  folder,
  databasePort,
  port,
  environment,
  until,
}: Parts): Promise<ChildProcess[]> {
  const data = join(folder, 'mysql');
  mkdirSync(data);
  execFileSync('chown', ['mysql', data]);
  const base = [`--datadir=${data}/data`, '--user=mysql'];
  execFileSync('mariadb-install-db', [...base, '--auth-root-authentication-method=normal', '--skip-test-db'], {
    stdio: 'ignore',
  });
  const socket = join(data, 'socket');
  const database = spawn(
    'mariadbd',
    ['--no-defaults', ...base, `--socket=${socket}`, `--port=${databasePort}`, '--bind-address=127.0.0.1'],
    { stdio: 'ignore' },
  );
  const say = (sql: string) =>
    execFileSync('mariadb', ['--no-defaults', '-S', socket, '-uroot', '-e', sql], { stdio: 'ignore' });
  await until(() => succeeds(() => say('select 1')), 'MariaDB');
  say(`create database accounting; create user slurm@127.0.0.1 identified by 'x';
    grant all on accounting.* to slurm@127.0.0.1`);
  const configuration = join(folder, 'slurmdbd.conf');
  writeFileSync(
    configuration,
    `AuthType=auth/munge
AuthInfo=socket=${folder}/munge/sock
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort=${port}
SlurmUser=root
PidFile=${folder}/slurmdbd.pid
LogFile=${folder}/log/slurmdbd.log
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=${databasePort}
StorageUser=slurm
StoragePass=x
StorageLoc=accounting
`,
    { mode: 0o600 },
  );
  const daemon = spawn('slurmdbd', ['-D'], { env: environment, stdio: 'ignore' });
  await until(() => isListening(port), 'slurmdbd');
  return [daemon, database];
}

function succeeds(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

const isListening = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.end());
  });
