import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComputerDriver, Run, RunState } from '@/server/computers/driver';
import type { JobSpec } from '@/server/computers/job-spec';
import { newId } from '@/server/db/uuid';
import { type ComputerSettings, computerSettingsSchema } from '@/server/schemas/computers';

export const scratch = () => mkdtempSync(join(tmpdir(), 'brine-computer-'));

export function newRun(base: string): Run {
  const id = newId();
  const folder = join(base, id);
  mkdirSync(folder, { recursive: true });
  return { id, attempt: 1, folder };
}

/** A job of a few words of shell. */
export const shellJob = (script: string, change: Partial<JobSpec> = {}): JobSpec => ({
  program: 'test',
  command: ['sh', '-c', script],
  environment: {},
  files: { 'input.txt': 'hello\n' },
  blobs: {},
  key: 'none',
  cores: 1,
  memoryBytes: 1e8,
  expectedSeconds: 1,
  timeLimitSeconds: 3600,
  ...change,
});

export const settingsWith = (change: object): ComputerSettings =>
  computerSettingsSchema.parse({ pollSeconds: 0.3, pollMaxSeconds: 1, patienceSeconds: 3, ...change });

export async function untilOver(driver: ComputerDriver, run: Run): Promise<RunState> {
  for (const end = Date.now() + 150_000; Date.now() < end; ) {
    const state = await driver.look(run);
    if (['ended', 'vanished', 'lost'].includes(state.kind)) return state;
  }
  throw new Error('the run did not end');
}

export async function untilKind(driver: ComputerDriver, run: Run, kind: RunState['kind']): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) if ((await driver.look(run)).kind === kind) return;
  throw new Error(`the run was never ${kind}`);
}
