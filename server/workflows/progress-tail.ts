import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Progress } from '@/kernels/core/kernel';

/** Reads the lines that were added to a progress file since the last look. An unfinished line waits for its end. */
export class ProgressTail {
  private offset = 0;
  private lines = 0;

  /** `seen`: lines that are events already, from before this worker took the job over. */
  constructor(
    private readonly file: string,
    private readonly seen: number,
  ) {}

  get lineCount(): number {
    return Math.max(this.lines, this.seen);
  }

  read(): Progress[] {
    const found: Progress[] = [];
    for (const line of this.readLines()) {
      this.lines += 1;
      if (this.lines <= this.seen || line.trim() === '') continue;
      try {
        found.push(JSON.parse(line) as Progress);
      } catch {
        found.push({ kind: 'note', message: line.slice(0, 500) });
      }
    }
    return coalesce(found);
  }

  /** Whole lines only: the offset stays behind the last line end, also within a character of several bytes. */
  private readLines(): string[] {
    let descriptor: number;
    try {
      descriptor = openSync(this.file, 'r');
    } catch {
      return [];
    }
    try {
      const size = fstatSync(descriptor).size;
      if (size <= this.offset) return [];
      const buffer = Buffer.alloc(size - this.offset);
      const read = readSync(descriptor, buffer, 0, buffer.length, this.offset);
      const end = buffer.lastIndexOf(0x0a, read - 1) + 1;
      this.offset += end;
      return end === 0 ? [] : buffer.toString('utf8', 0, end - 1).split('\n');
    } finally {
      closeSync(descriptor);
    }
  }
}

/** Of several k-point counts in a row only the newest tells anything. */
function coalesce(progress: Progress[]): Progress[] {
  return progress.filter((item, index) => item.kind !== 'kpoint' || progress[index + 1]?.kind !== 'kpoint');
}
