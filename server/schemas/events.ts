import { z } from 'zod';
import type { Progress } from '@/kernels/core/kernel';
import { idSchema } from './common';
import type { Failure, ProcessState } from './process';

/** What happened to a process. `progress` carries a line of the kernel's `progress.jsonl` as it stands. */
export type ProcessEventData =
  | { kind: 'state'; state: ProcessState; phase: string | null; failure: Failure | null }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'note'; message: string };

/** Numbered within the project, without gaps, in the order of commit. */
export interface ProcessEvent {
  number: number;
  calculationId: string;
  processId: string;
  /** Name of the process: `scf`, `bands`. */
  process: string;
  at: Date;
  data: ProcessEventData;
}

/**
 * With `calculationId` the events of that calculation from its beginning (or after `lastEventId`), then live.
 * Without it the events of the whole project from now on (or after `lastEventId`).
 */
export const eventsInputSchema = z.object({
  calculationId: idSchema.nullish(),
  lastEventId: z.string().max(20).nullish(),
});
