import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'dist', 'stamps.json');

/** A hash of the contents of files and folders: whether what was made from them is still right. */
export function hashSources(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) visit(join(root, path), path, hash);
  return hash.digest('hex');
}

function visit(path, name, hash) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (found.isDirectory()) {
    for (const entry of readdirSync(path).sort())
      if (!entry.startsWith('.')) visit(join(path, entry), `${name}/${entry}`, hash);
    return;
  }
  hash.update(`${name}\0`).update(readFileSync(path));
}

const readStamps = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});

export const isFresh = (part, hash) => readStamps()[part] === hash;

export function writeStamp(part, hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...readStamps(), [part]: hash }, null, 1));
}
