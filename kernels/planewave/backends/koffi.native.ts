import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { embeddedKoffiAddons, type KoffiAddon } from './koffi-addons.native';

type Koffi = typeof import('koffi').default;

/**
 * The package that calls C libraries: the addon inside the single-file kernel, or the installed package; null where neither
 * loads. Node opens addons by path alone, so the one inside is first written to a folder that no other user can change.
 */
export async function loadKoffi(): Promise<Koffi | null> {
  for (const addon of embeddedKoffiAddons.filter(
    ({ platform }) => platform === `${process.platform}-${process.arch}`,
  )) {
    const koffi = openAddon(addon);
    if (koffi) return koffi;
  }
  return import('koffi').then(
    (module) => module.default,
    () => null,
  );
}

function openAddon(addon: KoffiAddon): Koffi | null {
  // homedir() throws for a user without an entry in the system's table.
  const places = [() => process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), tmpdir];
  for (const place of places) {
    try {
      const module = { exports: {} };
      process.dlopen(module, keepAddon(addon, place()));
      return module.exports as Koffi;
    } catch {
      // Not writable, mounted without leave to execute, or made for another C library: the next one.
    }
  }
  return null;
}

/** The path of the addon in `folder`, named by its hash; written there first where it is absent or altered. */
export function keepAddon({ sha256, brotliBase64 }: KoffiAddon, folder: string): string {
  const own = join(folder, `brine-kernel-${process.getuid?.() ?? 'user'}`);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  requirePrivate(own);
  const path = join(own, `koffi-${sha256}.node`);
  if (hashOfFile(path) === sha256) return path;
  const part = `${path}.${randomBytes(8).toString('hex')}`;
  try {
    writeFileSync(part, brotliDecompressSync(Buffer.from(brotliBase64, 'base64')), { mode: 0o600, flag: 'wx' });
    if (hashOfFile(part) !== sha256) throw new Error(`${part} is not what was written`);
    renameSync(part, path);
  } finally {
    rmSync(part, { force: true });
  }
  return path;
}

/** Someone else may have made the folder first, in a place that all may write to, to have us load code of theirs. */
function requirePrivate(folder: string): void {
  const stat = lstatSync(folder);
  const isOurs = process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o077) === 0);
  if (!stat.isDirectory() || !isOurs) throw new Error(`${folder} is not private`);
}

function hashOfFile(path: string): string | null {
  try {
    if (!lstatSync(path).isFile()) return null;
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return null;
  }
}
