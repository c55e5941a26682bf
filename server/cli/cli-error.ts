/** A fault whose message is all that a person needs, with the exit status. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly status: 1 | 2 | 3 = 1,
  ) {
    super(message);
  }
}
