/**
 * Bad input or a broken invariant found by a kernel. `code` is stable and names the fault;
 * `message` is a sentence for a person (what, where, what to do); `numbers` holds the offending values.
 * A calculation that does not converge is a value (`converged: false`), never a KernelError.
 */
export class KernelError extends Error {
  override readonly name = 'KernelError';
  constructor(
    readonly code: string,
    message: string,
    readonly numbers: Record<string, number | string | readonly number[]> = {},
  ) {
    super(message);
  }
}
