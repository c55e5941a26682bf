import { spawnSync } from 'node:child_process';
import { existsSync, readlinkSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { env } from '@/server/env';
import { clientMounts } from './client';

/** The paths of the sandbox that stand for folders of ours. */
export const sandboxPaths = { folder: '/notebook', kernel: '/run/kernel' };

export interface Sandbox {
  /** What is run inside; its program is made visible. */
  argv: string[];
  /** Can be written, and is where the program starts. */
  folder: string;
  /** With the connection file and the sockets. */
  kernelFolder: string;
  temporaryFolder: string;
  sharedMemoryFolder: string;
  /** Further paths that can be read, at the place where they are. */
  readable: string[];
}

/** What programs look for under /etc. Not passwords, keys, or the settings of services. */
const etc = [
  ...['alternatives', 'ca-certificates', 'fonts', 'group', 'hosts', 'ld.so.cache', 'ld.so.conf', 'ld.so.conf.d'],
  ...['localtime', 'mime.types', 'nsswitch.conf', 'openmpi', 'passwd', 'pki', 'resolv.conf', 'ssl/certs'],
  ...['ssl/openssl.cnf', 'timezone', 'jupyter', 'ipython', 'OpenCL', 'R', 'julia'],
].map((name) => `/etc/${name}`);

const systemFolders = ['/usr', '/opt'];

/**
 * Arguments of bwrap for a sandbox that sees the system read-only, and of all else its own folder: other files, the
 * platform's data among them, do not exist inside. It has processes, IPC and a host name of its own, no capabilities, and
 * ends with whoever started it. The network is the host's. `--info-fd 3` tells the first process inside.
 */
export function bubblewrapArguments(sandbox: Sandbox): string[] {
  const { argv, folder, kernelFolder, temporaryFolder, sharedMemoryFolder, readable } = sandbox;
  const visible = [...new Set([...readable, ...pathsOfProgram(argv[0]!)])].filter(
    (path) => !isUnder(path, systemFolders),
  );
  const { dataFolder } = env();
  return [
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try', '--hostname', 'notebook'],
    ...['--cap-drop', 'ALL', '--new-session', '--die-with-parent'],
    ...systemFolders.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].flatMap(asOnHost),
    ...etc.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--proc', '/proc', '--dev', '/dev', '--bind', sharedMemoryFolder, '/dev/shm'],
    ...['--bind', temporaryFolder, '/tmp', '--bind', kernelFolder, sandboxPaths.kernel],
    ...visible.flatMap((path) => ['--ro-bind', path, path]),
    ...clientMounts().flatMap(([path, seenAt]) => ['--ro-bind-try', path, seenAt]),
    // Where the data lie under a folder of the system, they are covered.
    ...(isUnder(dataFolder, [...systemFolders, ...visible]) && existsSync(dataFolder) ? ['--tmpfs', dataFolder] : []),
    ...['--bind', folder, sandboxPaths.folder, '--chdir', sandboxPaths.folder],
    ...['--remount-ro', '/dev', '--remount-ro', '/', '--info-fd', '3', '--', ...argv],
  ];
}

let whyNot: string | null | undefined;

/** Why bubblewrap cannot be used here, as a sentence; null where it can. It is tried once. */
export function whyNoBubblewrap(): string | null {
  if (whyNot !== undefined) return whyNot;
  if (process.platform !== 'linux') whyNot = 'bubblewrap exists on Linux only.';
  else if (!existsSync(BWRAP)) whyNot = 'bubblewrap is not installed (Debian: apt-get install bubblewrap).';
  else {
    const trial = {
      folder: '/usr',
      kernelFolder: '/usr',
      temporaryFolder: '/usr',
      sharedMemoryFolder: '/usr',
      readable: [],
    };
    const { status, stderr } = spawnSync(BWRAP, bubblewrapArguments({ ...trial, argv: ['/usr/bin/env', 'true'] }), {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: 5_000,
    });
    whyNot = status === 0 ? null : `bubblewrap is installed but may not be used here: ${stderr.trim().split('\n')[0]}`;
  }
  return whyNot;
}

export const BWRAP = '/usr/bin/bwrap';

/** /bin and its like are links into /usr on most systems, and folders on some. */
function asOnHost(path: string): string[] {
  try {
    return ['--symlink', readlinkSync(path), path];
  } catch {
    return ['--ro-bind-try', path, path];
  }
}

/**
 * A program with what it was installed with: the folder above its `bin` where that is an environment of its own, as of
 * Python. Never the root of the system or a home, which are above a `bin` too.
 */
function pathsOfProgram(program: string): string[] {
  if (!program.startsWith('/') || !existsSync(program)) return [];
  return [program, realpathSync(program)].flatMap((path) => {
    const folder = dirname(path);
    if (isUnder(realpathSync(folder), systemFolders)) return [];
    const installation = dirname(folder);
    const isEnvironment = basename(folder) === 'bin' && existsSync(join(installation, 'lib'));
    return isEnvironment && !['/', homedir()].includes(installation) ? [installation] : [path];
  });
}

const isUnder = (path: string, folders: string[]) => folders.some((folder) => !relative(folder, path).startsWith('..'));
