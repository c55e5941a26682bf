import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesOf } from '../processes';
import { accountingLines, startAccounting } from './accounting';

const isRoot = process.getuid?.() === 0;
const has = (names: string[]) =>
  names.every((name) => ['/usr/bin', '/usr/sbin'].some((folder) => existsSync(join(folder, name))));

/** Debian's packages slurm-wlm and munge; the daemons are started as root. */
export const hasSlurm = isRoot && has(['slurmctld', 'slurmd', 'sbatch', 'munged']);
/** Debian's package openssh-server. */
export const hasSshd = isRoot && has(['sshd', 'ssh-keygen']);

export const CORES = 4;

/** A real Slurm with three nodes on this machine, its state in a folder of its own. */
export interface TestSlurm {
  /** For the environment of its commands. */
  conf: string;
  command(name: string, ...args: string[]): string;
  killNode(name: string): void;
  /** A node without power: its daemon and all that runs on it are gone at once. */
  crashNode(name: string): void;
  startNode(name: string): void;
  stop(): Promise<void>;
}

interface SlurmOptions {
  /** Seconds after which the controller forgets a job that ended. */
  memorySeconds?: number;
  /** Whether slurmdbd keeps what the controller forgets. */
  isAccounted?: boolean;
}

export async function startSlurm({ memorySeconds = 600, isAccounted = false }: SlurmOptions = {}): Promise<TestSlurm> {
  const folder = mkdtempSync(join(tmpdir(), 'brine-slurm-'));
  execFileSync('chmod', ['755', folder]);
  for (const name of ['state', 'munge', 'log']) mkdirSync(join(folder, name));
  execFileSync('chmod', ['711', join(folder, 'munge')]);
  writeFileSync(join(folder, 'munge/key'), randomBytes(1024), { mode: 0o400 });
  const conf = join(folder, 'slurm.conf');
  const [databasePort, accountingPort, ...ports] = (await freePorts(6)) as [number, number, ...number[]];
  const accounting = isAccounted
    ? accountingLines(folder, accountingPort)
    : 'AccountingStorageType=accounting_storage/none';
  writeFileSync(conf, configuration(folder, ports, [accounting, `MinJobAge=${memorySeconds}`]));
  const env = { ...process.env, SLURM_CONF: conf, PATH: `${process.env.PATH}:/usr/sbin` };
  const children = new Map<string, ChildProcess>();
  const daemon = (name: string, program: string, args: string[]) => {
    children.set(name, spawn(program, args, { env, stdio: 'ignore' }));
  };
  const munge = (file: string) => `--${file}=${join(folder, 'munge')}`;
  daemon('munge', 'munged', [
    ...['--force', '--foreground', `${munge('key-file')}/key`, `${munge('socket')}/sock`, `${munge('pid-file')}/pid`],
    ...[`${munge('log-file')}/log`, `${munge('seed-file')}/seed`],
  ]);
  await until(() => existsSync(join(folder, 'munge/sock')), 'munge');
  if (isAccounted) {
    const parts = await startAccounting({ folder, databasePort, port: accountingPort, environment: env, until });
    for (const [i, child] of parts.entries()) children.set(`accounting ${i}`, child);
  }
  daemon('slurmctld', 'slurmctld', ['-D', '-f', conf]);
  const startNode = (name: string) => {
    mkdirSync(join(folder, `spool-${name}`), { recursive: true });
    daemon(name, 'slurmd', ['-D', '-N', name, '-f', conf]);
  };
  for (const name of ['n1', 'n2', 'n3']) startNode(name);
  const command = (name: string, ...args: string[]) =>
    execFileSync(name, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  const isIdle = () => {
    try {
      return command('sinfo', '-h', '-t', 'idle', '-o', '%D').split('\n')[0] === '3';
    } catch {
      return false;
    }
  };
  const end = () => {
    for (const child of children.values()) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  await until(isIdle, 'three idle nodes').catch((err) => {
    end();
    throw err;
  });
  const killNode = (name: string) => void children.get(name)!.kill('SIGKILL');
  return {
    conf,
    command,
    killNode,
    crashNode(name) {
      killNode(name);
      const jobs = command('squeue', '-h', '-w', name, '-t', 'RUNNING,COMPLETING', '-o', '%i').split(/\s+/);
      // Who watches over a job first: it has nothing to tell any more.
      for (const isOfNode of [isWatcher, isMember])
        for (const { pid, ...seen } of processesOf([folder])) if (jobs.some((job) => isOfNode(seen, job))) kill(pid);
    },
    startNode,
    async stop() {
      try {
        command('scancel', '-u', 'root');
        await until(() => command('squeue', '-h') === '', 'an empty queue');
      } catch {
        // A controller that is gone has no jobs to end.
      }
      end();
    },
  };
}

const isWatcher = ({ command }: { command: string }, job: string) => command.startsWith(`slurmstepd: [${job}.`);
const isMember = ({ environment }: { environment: string }, job: string) =>
  environment.split('\0').includes(`SLURM_JOB_ID=${job}`);

const configuration = (folder: string, [controller, ...nodes]: number[], lines: string[]) => `ClusterName=brine
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=${controller}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/sock
CredType=cred/munge
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool-%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd-%n.pid
SlurmctldLogFile=${folder}/log/slurmctld.log
SlurmdLogFile=${folder}/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
JobAcctGatherParams=OverMemoryKill
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=2
MpiDefault=none
ReturnToService=2
KillWait=2
SlurmdTimeout=120
SlurmdParameters=config_overrides
${lines.join('\n')}
${nodes.map((port, i) => `NodeName=n${i + 1} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${port} CPUs=${CORES} RealMemory=4000 State=UNKNOWN`).join('\n')}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;

/** A real sshd on loopback that takes one key. */
export interface TestSshd {
  port: number;
  privateKey: string;
  keyFile: string;
  /** Ends the server and every connection, as a lost link does. */
  drop(): void;
  start(): void;
  /** Another host key, as of another machine. */
  changeHostKey(): void;
  refuseKey(): void;
  acceptKey(): void;
  stop(): void;
}

export async function startSshd(environment: Record<string, string> = {}): Promise<TestSshd> {
  const folder = mkdtempSync(join(tmpdir(), 'brine-sshd-'));
  const [port] = await freePorts(1);
  mkdirSync('/run/sshd', { recursive: true });
  const makeKey = (name: string) =>
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  makeKey('host');
  makeKey('id');
  const authorised = join(folder, 'authorized_keys');
  const acceptKey = () => writeFileSync(authorised, readFileSync(join(folder, 'id.pub')));
  acceptKey();
  // A home of its own: what this machine's .bashrc does at each login is not what is tested.
  const variables = Object.entries({ HOME: folder, ...environment }).map(([name, value]) => `${name}=${value}`);
  const config = `Port ${port}
ListenAddress 127.0.0.1
HostKey ${folder}/host
PidFile ${folder}/sshd.pid
AuthorizedKeysFile ${authorised}
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UsePAM no
StrictModes no
SetEnv ${variables.join(' ')}
`;
  writeFileSync(join(folder, 'config'), config);
  let child: ChildProcess;
  const start = () => {
    child = spawn('/usr/sbin/sshd', ['-D', '-f', join(folder, 'config'), '-E', join(folder, 'log')], {
      stdio: 'ignore',
    });
  };
  // Its sessions are processes of their own, children of the listener.
  const drop = () => {
    const sessions = childrenOf(child.pid!);
    child.kill('SIGKILL');
    sessions.forEach(kill);
  };
  start();
  await until(() => existsSync(join(folder, 'sshd.pid')), 'sshd');
  return {
    port: port!,
    privateKey: readFileSync(join(folder, 'id'), 'utf8'),
    keyFile: join(folder, 'id'),
    drop,
    start,
    changeHostKey() {
      drop();
      rmSync(join(folder, 'host'));
      makeKey('host');
      start();
    },
    refuseKey: () => writeFileSync(authorised, ''),
    acceptKey,
    stop() {
      drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

function childrenOf(pid: number): number[] {
  const direct = execFileSync('sh', ['-c', 'cat /proc/$1/task/*/children 2> /dev/null || true', 'sh', String(pid)], {
    encoding: 'utf8',
  });
  const found = direct.trim().split(/\s+/).filter(Boolean).map(Number);
  return [...found, ...found.flatMap(childrenOf)].filter((child) => /sshd/.test(nameOf(child)));
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8');
  } catch {
    return '';
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  return servers.map((server) => {
    const { port } = server.address() as { port: number };
    server.close();
    return port;
  });
}

export async function until(isTrue: () => boolean | Promise<boolean>, what: string, timeoutMs = 60_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(100)) if (await isTrue()) return;
  throw new Error(`never came: ${what}`);
}
