import type { Buffer as NodeBuffer } from 'node:buffer';
import { type ArchiveFile, Gate, refuse } from './entries';

const BLOCK = 512;

/**
 * The plain files of a tar archive (POSIX ustar with the GNU and pax extensions for long names), as they stream in.
 * Links and devices are refused.
 */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ArchiveFile> {
  const reader = new BlockReader(chunks);
  const gate = new Gate();
  let longName: string | null = null;
  for (;;) {
    const header = await reader.take(BLOCK);
    if (!header || header.every((byte) => byte === 0)) return;
    checkSum(header);
    const size = readOctal(header, 124, 12);
    const kind = String.fromCharCode(header[156]!);
    const prefix = header.toString('latin1', 257, 262) === 'ustar' ? readText(header, 345, 155) : '';
    const name: string = longName ?? (prefix ? `${prefix}/${readText(header, 0, 100)}` : readText(header, 0, 100));
    longName = null;
    if (kind === '5') continue;
    if (kind === 'g') await reader.takePadded(gateMeta(size));
    else if (kind === 'x') longName = readPaxPath(await reader.takePadded(gateMeta(size)));
    else if (kind === 'L') longName = readText(await reader.takePadded(gateMeta(size)), 0, size);
    else if (kind === '0' || kind === '\0') {
      const path = gate.admit(name, size);
      yield { path, bytes: await reader.takePadded(size) };
    } else throw refuse(`${name.slice(0, 80)} is a link or a device, not a file`);
  }
}

/** Names longer than this are no names. */
function gateMeta(size: number): number {
  if (size > 64 * 1024) throw refuse('a name in it is too long');
  return size;
}

function readText(block: NodeBuffer, start: number, length: number): string {
  const text = block.toString('utf8', start, start + length);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

function readOctal(block: NodeBuffer, start: number, length: number): number {
  const text = readText(block, start, length).trim();
  if (!/^[0-7]+$/.test(text)) throw refuse('it is no tar archive, or a damaged one');
  return Number.parseInt(text, 8);
}

function checkSum(header: NodeBuffer): void {
  const told = readOctal(header, 148, 8);
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 0x20 : byte), 0);
  if (sum !== told) throw refuse('it is no tar archive, or a damaged one');
}

/** `27 path=a/long/name\n` among records of that kind. */
function readPaxPath(block: NodeBuffer): string | null {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(block.toString('utf8'))?.[1] ?? null;
}

class BlockReader {
  private readonly iterator: AsyncIterator<Uint8Array>;
  private parts: NodeBuffer[] = [];
  private length = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.iterator = chunks[Symbol.asyncIterator]();
  }

  /** So many bytes; null at the end of the archive. */
  async take(bytes: number): Promise<NodeBuffer | null> {
    while (this.length < bytes) {
      const { value, done } = await this.iterator.next();
      if (done) {
        if (this.length === 0) return null;
        throw refuse('it ends in the middle of a file');
      }
      this.parts.push(Buffer.from(value));
      this.length += value.byteLength;
    }
    const all = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
    this.parts = all.length > bytes ? [all.subarray(bytes)] : [];
    this.length = all.length - bytes;
    return Buffer.from(all.subarray(0, bytes));
  }

  async takePadded(bytes: number): Promise<NodeBuffer> {
    const padded = Math.ceil(bytes / BLOCK) * BLOCK;
    const taken = padded === 0 ? Buffer.alloc(0) : await this.take(padded);
    if (!taken) throw refuse('it ends in the middle of a file');
    return taken.subarray(0, bytes);
  }
}
