/**
 * How dist/kernel.mjs is laid out: the program that starts it, then one line of comment for each part in base64, then an index. What a run
 * does not need is neither parsed nor decoded.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Name, first byte and bytes in the file of each part. */
type FileIndex = Record<string, [number, number]>;

const INDEX_MARK = '\n//index ';
const TAIL_BYTES = 1024;

/** Appends parts to a program. */
export function joinParts(program: string, parts: Record<string, Uint8Array>): string {
  let text = program;
  const index: FileIndex = {};
  for (const [name, bytes] of Object.entries(parts)) {
    text += '\n//';
    const base64 = Buffer.from(bytes).toString('base64');
    index[name] = [Buffer.byteLength(text), base64.length];
    text += base64;
  }
  const line = `${INDEX_MARK}${JSON.stringify(index)}`;
  if (line.length > TAIL_BYTES)
    throw new Error('The index of the kernel file is longer than what its reader looks at.');
  return text + line;
}

export function openParts(path: string): { read(name: string): Buffer; names: string[] } {
  const { size } = withFile(path, (file) => fstatSync(file));
  const tail = readBytes(path, Math.max(0, size - TAIL_BYTES), Math.min(TAIL_BYTES, size)).toString('latin1');
  const index = JSON.parse(tail.slice(tail.lastIndexOf(INDEX_MARK) + INDEX_MARK.length)) as FileIndex;
  return {
    names: Object.keys(index),
    read: (name) => {
      const place = index[name];
      if (!place) throw new Error(`${path} has no part ${name}`);
      return Buffer.from(readBytes(path, ...place).toString('latin1'), 'base64');
    },
  };
}

function readBytes(path: string, first: number, count: number): Buffer {
  const bytes = Buffer.allocUnsafe(count);
  return withFile(path, (file) => {
    for (let done = 0; done < count; ) {
      const got = readSync(file, bytes, done, count - done, first + done);
      if (got === 0) throw new Error(`${path} ends too early`);
      done += got;
    }
    return bytes;
  });
}

function withFile<Result>(path: string, use: (file: number) => Result): Result {
  const file = openSync(path, 'r');
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
