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

/** How much an archive may hold, and how it is refused. */
export interface ArchiveRules {
  files: number;
  fileBytes: number;
  totalBytes: number;
  refuse: (why: string) => AppError;
}

const familyRules: ArchiveRules = { ...limits, refuse };

/** Counts what an archive unpacks to, and refuses names that lead out of its folder. */
export class Gate {
  private files = 0;
  private total = 0;

  constructor(readonly rules: ArchiveRules = familyRules) {}

  /** The path to use, or an error; `bytes` as announced. */
  admit(path: string, bytes: number): string {
    const { rules } = this;
    const clean = path.replace(/^(\.\/)+/, '');
    if (clean.startsWith('/') || /^[A-Za-z]:|\\|\0/.test(clean) || clean.split('/').includes('..'))
      throw rules.refuse(`${path.slice(0, 80)} leads out of its folder`);
    this.files += 1;
    this.total += bytes;
    if (this.files > rules.files) throw rules.refuse(`it holds more than ${rules.files} files`);
    if (!(bytes >= 0) || bytes > rules.fileBytes)
      throw rules.refuse(`${clean.slice(0, 80)} is larger than ${rules.fileBytes / 1024 ** 2} MB`);
    if (this.total > rules.totalBytes) throw rules.refuse(`it unpacks to more than ${rules.totalBytes / 1024 ** 3} GB`);
    return clean;
  }
}
