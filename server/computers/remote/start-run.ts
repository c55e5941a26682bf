import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ComputerError, unanswered } from '../computer-error';
import { putFile, refusal, type Shell } from '../shell/shell';
import { startDirect, startSlurm } from './scripts';

interface StoredFile {
  here: string;
  there: string;
  /** Of its copy in the folder; null where it is used in its place. */
  name: string | null;
}

/** What an attempt of a run needs in its folder on a computer. */
export interface RunStart {
  folder: string;
  attempt: number;
  /** The job's name for Slurm; null where the computer has no scheduler. */
  slurmName: string | null;
  /** Files that stay on the computer for others: where each is here, and there. */
  stored: StoredFile[];
  /** By their path in the folder. */
  texts: Record<string, string>;
}

/** All texts that travel with the command: Linux takes 128 KiB of it as one word, in quotes. */
const WITH_COMMAND_MAX_BYTES = 48 * 1024;

/** Starts an attempt once, however often it is asked; files go ahead of it only where the computer has not got them. @throws ComputerError */
export async function startRun(shell: Shell, start: RunStart): Promise<void> {
  const large = largeTexts(start);
  const missing = await ask(shell, start, large);
  if (missing.size === 0) return;
  for (const { here, there } of start.stored)
    if (missing.has(there)) await putFile(shell, there, createReadStream(here), (await stat(here)).size);
  for (const { there, text } of large)
    if (missing.has(there)) await putFile(shell, there, text, Buffer.byteLength(text));
  const [still] = await ask(shell, start, large);
  if (still) throw refusal(`${still} was sent and is not there`);
}

interface LargeText {
  name: string;
  text: string;
  there: string;
}

/** The largest, until the others travel with the command. What waits in the folder is no output of the run by its name. */
function largeTexts({ folder, texts }: RunStart): LargeText[] {
  const bySize = Object.entries(texts).sort(([, a], [, b]) => a.length - b.length);
  let bytes = 0;
  return bySize.flatMap(([name, text]) => {
    bytes += Buffer.byteLength(text);
    if (bytes <= WITH_COMMAND_MAX_BYTES) return [];
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    return { name, text, there: `${folder}/${name.replaceAll('/', '-')}-${hash}.part` };
  });
}

/** Starts it where all is there; else gives what is missing. */
async function ask(shell: Shell, start: RunStart, large: readonly LargeText[]): Promise<Set<string>> {
  const { folder, attempt, slurmName, stored, texts } = start;
  const copied: string[][] = [
    ...stored.flatMap(({ there, name }) => (name === null ? [] : [[there, name]])),
    ...large.map(({ there, name }) => [there, name]),
  ];
  const written = Object.entries(texts).filter(([name]) => !large.some((one) => one.name === name));
  const needed = [...new Set([...stored, ...large].map(({ there }) => there))];
  const listed = (rows: readonly (readonly string[])[]) => [String(rows.length), ...rows.flat()];
  const { exitCode, stdout, stderr } = await shell.run(slurmName === null ? startDirect : startSlurm, [
    ...[folder, String(attempt), slurmName ?? ''],
    ...[...listed(needed.map((path) => [path])), ...listed(copied), ...listed(written)],
  ]);
  if (exitCode !== 0) throw refused(exitCode, stderr);
  const lines = stdout.toString('utf8').split('\n');
  return new Set(lines.flatMap((line) => (line.startsWith('missing ') ? line.slice('missing '.length) : [])));
}

const QUEUE_UNANSWERED = 75;
const SUBMISSION_REFUSED = 76;

function refused(exitCode: number, stderr: string): ComputerError {
  const said = stderr.trim().slice(0, 500);
  if (exitCode === QUEUE_UNANSWERED) return unanswered(said);
  if (exitCode !== SUBMISSION_REFUSED) return refusal(stderr);
  if (/unable to contact|connect|communicat|timed out|temporarily/i.test(said)) return unanswered(said);
  return new ComputerError(
    'submission-refused',
    `Slurm did not take the job: ${said.replace(/^sbatch: (error: )?/gm, '')}`,
    'Change partition, account, QOS, cores, memory or time limit, then let the job go on or submit a copy.',
  );
}
