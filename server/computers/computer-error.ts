/** What can go wrong between us and a computer, by stable code. */
export type ComputerErrorCode =
  | 'computer-unreachable'
  | 'login-refused'
  | 'bad-key'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'scheduler-unreachable'
  | 'submission-refused'
  | 'remote-disk-full'
  | 'remote-refused'
  | 'too-much-output';

const passing: ReadonlySet<ComputerErrorCode> = new Set(['computer-unreachable', 'scheduler-unreachable']);

/** A computer did not do what it was asked, for a reason that lies outside of the job. */
export class ComputerError extends Error {
  override readonly name = 'ComputerError';
  constructor(
    readonly code: ComputerErrorCode,
    /** A sentence for the person. */
    message: string,
    readonly advice: string,
    /** Of the key that the other side showed. */
    readonly fingerprint: string | null = null,
  ) {
    super(message);
  }

  /** Whether the same may go well a little later. */
  get isPassing(): boolean {
    return passing.has(this.code);
  }
}

/** The scheduler of a computer that is reached gives no answer. */
export const unanswered = (said: string) =>
  new ComputerError(
    'scheduler-unreachable',
    `Slurm does not answer on the computer${said ? `: ${said}` : '.'}`,
    'When it answers again, let the job go on: what runs there runs on meanwhile.',
  );
