import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from './env';

/** A secret of this installation: in the data folder, mode 0600, made at the first need. Of two processes that make it at once one wins. */
export function secretFile(name: string, make: () => string | Buffer): Buffer {
  const { dataFolder } = env();
  const file = join(dataFolder, name);
  try {
    return readFileSync(file);
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'ENOENT') throw err;
  }
  // Everyone may pass through the folder (PostgreSQL's user must), nobody may list it; its files are closed one by one.
  mkdirSync(dataFolder, { recursive: true, mode: 0o711 });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, make(), { mode: 0o600 });
  try {
    // Whole or not at all: nobody reads a file that is still being written.
    linkSync(temporary, file);
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'EEXIST') throw err;
  } finally {
    rmSync(temporary);
  }
  return readFileSync(file);
}
