import { ComputerError } from '../computer-error';

/** A run as its folder on the computer shows it. */
export interface SeenRun {
  /** In milliseconds of the epoch, by the clock there. */
  beganAt: number | null;
  isClaimed: boolean;
  hasPid: boolean;
  /** The number of its job; any word without a scheduler. */
  submitted: string | null;
  isAlive: boolean;
  exitCode: number | null;
  /** What was added to its progress. */
  progress: Buffer;
}

/** Reads what `lookAtRuns` prints. @throws ComputerError where it is something else. */
export function parseLooks(text: Buffer, count: number): SeenRun[] {
  const seen: SeenRun[] = [];
  for (let start = 0; seen.length < count; ) {
    const end = text.indexOf(0x0a, start);
    const words = text.toString('utf8', start, Math.max(start, end)).split(' ');
    const size = Number(words[6]);
    if (words[0] !== 'run' || !Number.isInteger(size) || end + 1 + size > text.length) throw odd();
    seen.push({
      beganAt: /^\d+$/.test(words[1]!) ? Number(words[1]) * 1000 : null,
      isClaimed: words[2] !== '0',
      hasPid: words[2] === '2',
      submitted: words[3] === '-' ? null : words[3]!,
      isAlive: words[4] === '1',
      exitCode: /^\d+$/.test(words[5]!) ? Number(words[5]) : null,
      progress: text.subarray(end + 1, end + 1 + size),
    });
    start = end + 1 + size;
  }
  return seen;
}

const odd = () =>
  new ComputerError(
    'remote-refused',
    'The computer answered with something that cannot be read.',
    'Its login shell must print nothing by itself: look at .bashrc or .profile there.',
  );
