import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where this user may keep files that are run as code, best first: folders within are made and checked by `privateFolder`. */
export const codePlaces: readonly (() => string)[] = [
  // homedir() throws for a user without an entry in the system's table.
  () => process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
  tmpdir,
];

/**
 * A folder of the kernel's in `place` that no other user can change, made where it is absent. Someone else may have made it first, in a
 * place that all may write to, to have us load code of theirs: then this throws.
 */
export function privateFolder(place: string): string {
  const folder = join(place, `brine-kernel-${process.getuid?.() ?? 'user'}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  const isOurs = process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o077) === 0);
  if (!stat.isDirectory() || !isOurs) throw new Error(`${folder} is not private`);
  return folder;
}

/** Writes aside first, then renames: a reader never meets half of it, and two that write at once do not mix. */
export function writeWhole(path: string, bytes: Uint8Array, check: (part: string) => void = () => {}): void {
  const part = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    writeFileSync(part, bytes, { mode: 0o600, flag: 'wx' });
    check(part);
    renameSync(part, path);
  } finally {
    rmSync(part, { force: true });
  }
}

/** The bytes of a plain file; null where there is none. Links are not followed. */
export function readPlainFile(path: string): Uint8Array<ArrayBuffer> | null {
  try {
    return lstatSync(path).isFile() ? readFileSync(path) : null;
  } catch {
    return null;
  }
}

/** Removes the files that `isOurs` by name and that nothing has written for a month. */
export function removeOld(folder: string, isOurs: (name: string) => boolean): void {
  const month = 30 * 24 * 3600 * 1000;
  for (const name of readdirSync(folder).filter(isOurs)) {
    const path = join(folder, name);
    if (Date.now() - lstatSync(path).mtimeMs > month) rmSync(path, { force: true });
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
