import { AppError } from '@/server/errors';
import { FAMILY_BYTES_MAX } from '@/server/schemas/pseudopotentials';

/** A plain file of an archive. */
export interface ArchiveFile {
  /** As in the archive, without a leading `./`. */
  path: string;
  bytes: Buffer;
}

export const limits = {
  archiveBytes: FAMILY_BYTES_MAX,
  files: 2000,
  fileBytes: 64 * 1024 ** 2,
  totalBytes: 1024 ** 3,
};

export const refuse = (why: string): AppError =>
  new AppError('bad-input', why, { userMessage: `The archive cannot be installed: ${why}.` });

/** Counts what an archive unpacks to, and refuses names that lead out of its folder. */
export class Gate {
  private files = 0;
  private total = 0;

  /** The path to use, or an error; `bytes` as announced. */
  admit(path: string, bytes: number): string {
    const clean = path.replace(/^(\.\/)+/, '');
    if (clean.startsWith('/') || /^[A-Za-z]:|\\|\0/.test(clean) || clean.split('/').includes('..'))
      throw refuse(`${path.slice(0, 80)} leads out of its folder`);
    this.files += 1;
    this.total += bytes;
    if (this.files > limits.files) throw refuse(`it holds more than ${limits.files} files`);
    if (!(bytes >= 0) || bytes > limits.fileBytes)
      throw refuse(`${clean.slice(0, 80)} is larger than ${limits.fileBytes / 1024 ** 2} MB`);
    if (this.total > limits.totalBytes) throw refuse(`it unpacks to more than ${limits.totalBytes / 1024 ** 3} GB`);
    return clean;
  }
}
