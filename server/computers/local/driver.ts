import { blobPath } from '@/server/db/blobs';
import type { ComputerDriver } from '../driver';
import { claimedAt, inspectRun, layOut, signalRun, startRun, untilExit } from './run';

/** This machine without a scheduler of its own: runs are process groups beside the platform, in its run folder. */
export const localDriver: ComputerDriver = {
  pollMs: 100,
  endsWithPlatform: true,
  async start({ folder, attempt }, spec) {
    if (inspectRun(folder, attempt).kind !== 'absent') return;
    layOut(folder, spec, blobPath);
    startRun(folder, attempt, spec);
  },
  look: async ({ folder, attempt }) => inspectRun(folder, attempt),
  untilEnd: ({ folder }) => untilExit(folder),
  startedAt: ({ folder, attempt }) => claimedAt(folder, attempt),
  signal: async ({ folder, attempt }, signal) => signalRun(folder, attempt, signal),
  collect: async () => undefined,
};
