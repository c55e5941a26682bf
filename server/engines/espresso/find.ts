import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { env } from '@/server/env';
import { readVersion } from './version';

const TIMEOUT_MS = 20_000;

export interface FoundEspresso {
  path: string;
  version: string;
  /** SHA-256 of the executable. */
  build: string;
  /** Whether mpirun can share its work: of a build without MPI it would start as many copies of the whole. */
  isParallel: boolean;
}

/**
 * pw.x in the folder that was set or on the PATH, with the version that its banner tells; null where there is none or it does not run.
 * `isNew` says whether it needs to be looked at again: the mark changes with the file, and with the presence of mpirun.
 */
export async function findEspresso(isNew: (mark: string) => boolean): Promise<FoundEspresso | 'unchanged' | null> {
  const [path, launcher] = await Promise.all([findProgram('pw.x'), findProgram('mpirun')]);
  if (!path) return null;
  const { mtimeMs, size } = await stat(path);
  if (!isNew(`${path} ${mtimeMs} ${size}${launcher === null ? '' : ` ${launcher}`}`)) return 'unchanged';
  const banner = await readBanner(path);
  const version = readVersion(banner);
  if (!version) return null;
  const isParallel = /Parallel version \(MPI/.test(banner) && launcher !== null;
  return { path, version: version.text, build: await hashFile(path), isParallel };
}

async function findProgram(name: string): Promise<string | null> {
  const folders = [env().espressoFolder, ...(process.env.PATH ?? '').split(delimiter)];
  for (const folder of folders) {
    if (!folder) continue;
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return null;
}

/** It prints its version before it refuses an empty input; what it leaves behind (a file CRASH) goes with the folder. */
async function readBanner(path: string): Promise<string> {
  const root = process.getuid?.() === 0 ? { OMPI_ALLOW_RUN_AS_ROOT: '1', OMPI_ALLOW_RUN_AS_ROOT_CONFIRM: '1' } : {};
  const environment = { ...process.env, ...root, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const folder = await mkdtemp(join(tmpdir(), 'brine-espresso-'));
  try {
    return await new Promise((resolve) => {
      const options = { cwd: folder, timeout: TIMEOUT_MS, env: environment, maxBuffer: 1e6 };
      execFile(path, ['-in', '/dev/null'], options, (_, stdout) => resolve(stdout));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
