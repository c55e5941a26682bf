import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ComputerError } from '../computer-error';

const FILES_MAX = 100_000;
const BYTES_MAX = 64e9;
const HEAD_MAX = 1_000;

/**
 * Writes files that come one after another, each after a line `SIZE NAME`, into a folder. What comes is not trusted: names that
 * would lead out of the folder end it. A file gets its name when it is whole.
 */
export class FileStream {
  private head = Buffer.alloc(0);
  private open: { descriptor: number; name: string; left: number } | null = null;
  private files = 0;
  private bytes = 0;
  private fault: unknown = null;

  constructor(private readonly folder: string) {}

  /** What is wrong with it, or with our disk, is told by `end`: nobody hears what is thrown in the midst of a stream. */
  take(chunk: Buffer): void {
    if (this.fault) return;
    try {
      for (let rest = chunk; rest.length > 0; ) rest = this.open ? this.takeBody(rest) : this.takeHead(rest);
    } catch (err) {
      this.fault = err;
    }
  }

  /** @throws what was wrong; ComputerError where the last file is not whole. */
  end(): void {
    if (this.fault) throw this.fault;
    if (!this.open && this.head.length === 0) return;
    throw new ComputerError(
      'computer-unreachable',
      'The files of the job arrived incomplete.',
      'They are fetched again.',
    );
  }

  /** To be called however the stream ended. */
  release(): void {
    if (this.open) closeSync(this.open.descriptor);
    this.open = null;
  }

  private takeHead(chunk: Buffer): Buffer {
    const end = chunk.indexOf(0x0a);
    this.head = Buffer.concat([this.head, end < 0 ? chunk : chunk.subarray(0, end)]);
    if (this.head.length > HEAD_MAX) throw odd();
    if (end < 0) return Buffer.alloc(0);
    const [, size, name] = /^(\d{1,15}) \.\/(.+)$/.exec(this.head.toString('utf8')) ?? [];
    this.head = Buffer.alloc(0);
    if (!size || !name || !isPlain(name)) throw odd();
    this.files += 1;
    this.bytes += Number(size);
    if (this.files > FILES_MAX || this.bytes > BYTES_MAX)
      throw new ComputerError(
        'too-much-output',
        'The job left more than 64 GB.',
        'Look at its folder on the computer.',
      );
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.open = { descriptor: openSync(`${path}.part`, 'w', 0o600), name, left: Number(size) };
    if (this.open.left === 0) this.finish();
    return chunk.subarray(end + 1);
  }

  private takeBody(chunk: Buffer): Buffer {
    const file = this.open!;
    const part = chunk.subarray(0, file.left);
    writeSync(file.descriptor, part);
    file.left -= part.length;
    if (file.left === 0) this.finish();
    return chunk.subarray(part.length);
  }

  private finish(): void {
    const { name } = this.open!;
    this.release();
    renameSync(join(this.folder, `${name}.part`), join(this.folder, name));
  }
}

const odd = () =>
  new ComputerError(
    'remote-refused',
    'The computer sent what is no list of files.',
    'Its login shell must print nothing by itself.',
  );

/** Folders and names of letters that programs use; no way up, nothing hidden in a control character. */
const isPlain = (name: string) =>
  name.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !/[\p{Cc}\\]/u.test(name);
