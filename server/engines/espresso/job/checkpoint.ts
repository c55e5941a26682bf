import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { JobStep } from './job-file';

/** pw.x looks for this file now and then, saves its state and ends. The name follows from the prefix. */
const EXIT_FILE = 'pw.EXIT';
/** Names the step whose program saved its state. */
const NOTE = 'stopped-at';

/** Tells a running pw.x to save its state and end. */
export const askToStop = () => writeFileSync(EXIT_FILE, '');

/** Called once the step has ended after `askToStop`: `isOrderly` where the program itself ended. */
export function noteStop({ name }: JobStep, isOrderly: boolean): void {
  rmSync(EXIT_FILE, { force: true });
  if (isOrderly) writeFileSync(NOTE, name);
}

/** Whether an earlier attempt at this step left its state; asked once, for a state that cannot be read shall not be tried again. */
export function takeCheckpoint({ name }: JobStep): boolean {
  if (!existsSync(NOTE)) return false;
  const isHere = readFileSync(NOTE, 'utf8') === name;
  rmSync(NOTE, { force: true });
  return isHere;
}
