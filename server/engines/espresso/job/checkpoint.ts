import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { JobStep } from './job-file';

/** pw.x looks for this file now and then, saves its state and ends. The name follows from the prefix. */
const EXIT_FILE = 'pw.EXIT';
/** Names the step whose program saved its state, and how it ran: every process has files of its own, which suit as many and such pools alone. */
const NOTE = 'stopped-at';
const noteOf = ({ name, launcher, pools }: JobStep) => [name, ...launcher, ...pools].join(' ');

/** Tells a running pw.x to save its state and end. */
export const askToStop = () => writeFileSync(EXIT_FILE, '');

/** Called once the step has ended after `askToStop`: `isOrderly` where the program itself ended. */
export function noteStop(step: JobStep, isOrderly: boolean): void {
  rmSync(EXIT_FILE, { force: true });
  if (isOrderly) writeFileSync(NOTE, noteOf(step));
}

/** Whether an earlier attempt at this step left its state; asked once, for a state that cannot be read shall not be tried again. */
export function takeCheckpoint(step: JobStep): boolean {
  if (!existsSync(NOTE)) return false;
  const isHere = readFileSync(NOTE, 'utf8') === noteOf(step);
  rmSync(NOTE, { force: true });
  return isHere;
}
