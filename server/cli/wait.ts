import { isTerminal } from '@/server/schemas/process';
import { printJson } from './arguments';
import { asking, type connect } from './client';
import { readShown, statusOf, toJson } from './result';

const POLL_MS = 400;

interface Submitted {
  id: string;
  label: string;
  state: string;
}

/** What a command prints of a calculation that it submitted, or with `wait` of its result; gives the exit status. */
export async function tellSubmitted(
  client: ReturnType<typeof connect>,
  { id, label, state }: Submitted,
  { wait, json }: { wait: boolean; json: boolean },
): Promise<number> {
  if (!wait) {
    if (json) printJson({ id, state, label });
    else process.stdout.write(`${id}\n`);
    return 0;
  }
  process.stderr.write(`${label}: ${id}\n`);
  let calculation = await asking(client.calculations.get.query({ id }));
  while (!isTerminal(calculation.state)) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    calculation = await asking(client.calculations.get.query({ id }));
  }
  printJson(toJson(await readShown(client, id)));
  if (calculation.failure) process.stderr.write(`${calculation.failure.message}\n`);
  return statusOf(calculation);
}
