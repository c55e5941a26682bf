export interface Command {
  /** One line for the list of commands. */
  summary: string;
  /** What `--help` prints. */
  usage: string;
  /** Gives the exit status. */
  run(args: string[]): Promise<number>;
}
