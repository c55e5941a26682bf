/**
 * The program at the head of dist/kernel.mjs. It runs the engine, which stands behind it in the same file, from V8's compiled form of an
 * earlier run where this user's private folder holds one: small calculations would else spend a third of their time on compiling.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import {
  codePlaces,
  privateFolder,
  readPlainFile,
  removeOld,
  sha256,
  writeWhole,
} from '../backends/private-folder.native';
import { openParts } from './file-parts.native';

type Engine = (require: NodeRequire, url: string, readPart: (name: string) => Buffer) => Promise<void> | undefined;

const path = fileURLToPath(import.meta.url);
const parts = openParts(path);
const compiledName = `code-${parts.read('build').toString()}-${process.arch}-${process.versions.v8}`;
const compiled = readCompiled();
const script = new Script(parts.read('engine').toString('latin1'), {
  filename: path,
  ...(compiled && { cachedData: compiled }),
});
const engine = script.runInThisContext() as Engine;
const run = engine(createRequire(import.meta.url), import.meta.url, parts.read);
// After the run, so that the functions that it called are compiled in it too.
if (isMainThread && (!compiled || script.cachedDataRejected)) run?.then(keepCompiled, () => {});

/** The first 64 characters are the hash of the rest: V8 itself does not look whether its data is whole. */
function readCompiled(): Buffer | null {
  for (const place of codePlaces) {
    try {
      const bytes = readPlainFile(join(privateFolder(place()), compiledName));
      if (!bytes) continue;
      const code = Buffer.from(bytes.buffer, bytes.byteOffset + 64, bytes.byteLength - 64);
      if (Buffer.from(bytes.buffer, bytes.byteOffset, 64).toString('latin1') === sha256(code)) return code;
    } catch {
      // Not writable, or not ours alone: the next one.
    }
  }
  return null;
}

function keepCompiled(): void {
  const code = script.createCachedData();
  for (const place of codePlaces) {
    try {
      const folder = privateFolder(place());
      writeWhole(join(folder, compiledName), Buffer.concat([Buffer.from(sha256(code)), code]));
      removeOld(folder, (name) => name.startsWith('code-') && name !== compiledName);
      return;
    } catch {
      // The next place; without any, each run compiles for itself.
    }
  }
}
