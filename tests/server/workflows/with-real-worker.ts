import { afterAll, beforeAll } from 'vitest';
import type { Actor } from '@/server/services/actor';
import { startRealWorker } from '../engines/espresso/platform';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { endWorker, type TestWorker } from './workers';

/** A platform for a file of tests with one worker that has the real programs. */
export function withRealWorker(): { readonly actor: Actor; readonly databaseUrl: string } {
  let platform: TestPlatform | null = null;
  let worker: TestWorker | null = null;
  beforeAll(async () => {
    await ensurePrograms();
    platform = await startTestPlatform();
    worker = await startRealWorker();
  });
  afterAll(async () => {
    if (worker) await endWorker(worker, 'SIGKILL');
    await platform?.stop();
  });
  return {
    get actor() {
      return platform!.actor;
    },
    get databaseUrl() {
      return platform!.databaseUrl;
    },
  };
}
