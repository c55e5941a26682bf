import type { Readable } from 'node:stream';
import { ComputerError } from '../computer-error';

export interface ShellOptions {
  /** Standard input. */
  input?: Readable | string;
  /** Takes the standard output as it comes, instead of the result's `stdout`. */
  onOutput?: (chunk: Buffer) => void;
  timeoutMs?: number;
}

export interface ShellResult {
  exitCode: number;
  stdout: Buffer;
  stderr: string;
}

/** The transport: a POSIX shell on a computer. Files are read and written through it too, so that nothing else is needed there. */
export interface Shell {
  /** Runs a script of ours with `sh`; what varies comes as arguments, `$1` and on. @throws ComputerError where it cannot be run. */
  run(script: string, args: readonly string[], options?: ShellOptions): Promise<ShellResult>;
  close(): void;
}

export const TIMEOUT_MS = 60_000;
export const TRANSFER_TIMEOUT_MS = 3_600_000;
/** Of what is kept in memory: answers of programs, not files. */
export const OUTPUT_MAX = 16e6;

/** Runs a script that must succeed. @throws ComputerError with what it said. */
export async function runChecked(
  shell: Shell,
  script: string,
  args: readonly string[],
  options: ShellOptions = {},
): Promise<Buffer> {
  const result = await shell.run(script, args, options);
  if (result.exitCode === 0) return result.stdout;
  throw refusal(result.stderr);
}

/** What a failed command tells, as an error: a full disk is known by its words. */
export function refusal(stderr: string): ComputerError {
  const said = stderr.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  if (/no space left on device|disk quota exceeded/i.test(stderr))
    return new ComputerError(
      'remote-disk-full',
      `The disk of the computer is full: ${said}`,
      'Free some space in its work folder, then let the job go on.',
    );
  return new ComputerError(
    'remote-refused',
    `The computer refused a command${said ? `: ${said}` : '.'}`,
    'Test the computer: the step that fails says more.',
  );
}

/** Writes a file beside its place, checks its length, and moves it there: whole or not at all. */
export async function putFile(shell: Shell, path: string, content: Readable | string, bytes: number): Promise<void> {
  // A link that broke may have left a script of ours behind that writes yet: each has a name of its own.
  const script = `
part=$1.$$.part
trap 'rm -f "$part"' EXIT
mkdir -p "$(dirname "$1")" && cat > "$part" || exit 1
[ "$(wc -c < "$part" | tr -d ' ')" = "$2" ] || { echo 'the file arrived incomplete' >&2; exit 1; }
mv "$part" "$1"`;
  await runChecked(shell, script, [path, String(bytes)], { input: content, timeoutMs: TRANSFER_TIMEOUT_MS });
}
