import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CliError } from './cli-error';

const BLOCK = 512;
const FILES_MAX = 2000;
const DEPTH_MAX = 4;

/** The files of a folder as a tar archive (POSIX ustar). Links are refused: they may lead out of the folder. */
export function* packFolder(folder: string, isWanted: (name: string) => boolean): Generator<Uint8Array> {
  for (const path of listFiles(folder, isWanted)) {
    const bytes = readFileSync(path);
    yield header(relative(folder, path), bytes.length);
    yield bytes;
    yield Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

function listFiles(folder: string, isWanted: (name: string) => boolean): string[] {
  const files: string[] = [];
  const visit = (inner: string, depth: number) => {
    for (const name of readdirSync(inner).sort()) {
      const path = join(inner, name);
      const found = lstatSync(path);
      if (found.isDirectory() && depth < DEPTH_MAX) visit(path, depth + 1);
      if (!isWanted(name)) continue;
      if (found.isSymbolicLink()) throw new CliError(`${path} is a link. Put the file itself into the folder.`, 2);
      if (found.isFile()) files.push(path);
      if (files.length > FILES_MAX) throw new CliError(`${folder} holds more than ${FILES_MAX} files.`, 2);
    }
  };
  visit(folder, 0);
  return files;
}

function header(path: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const name = Buffer.from(path);
  // Names beyond 100 bytes are split at a slash.
  const cut = name.length <= 100 ? -1 : path.indexOf('/', path.length - 101);
  if (name.length > 100 && (cut < 0 || cut > 155)) throw new CliError(`The path ${path} is too long.`, 2);
  block.write(cut < 0 ? path : path.slice(cut + 1), 0, 100);
  const octal = (value: number, at: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  if (cut >= 0) block.write(path.slice(0, cut), 345, 155);
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
