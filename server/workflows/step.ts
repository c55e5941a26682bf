import { DBOS } from '@dbos-inc/dbos-sdk';
import { untilDatabaseAnswers } from '@/server/db/away';
import { AppError, isDatabaseAway } from '@/server/errors';
import { logger } from '@/server/log';
import { leaveToOthers, workerState } from './worker-state';

const TRIES_MAX = 100;

/**
 * A step; where this worker has lost its lease the step does not end here, and whoever holds the lease repeats it. A step
 * that met a database which went away is taken up again: it finds what it did before.
 */
export function step<Value>(name: string, run: () => Promise<Value>): Promise<Value> {
  const guarded = async () => {
    for (let tries = 1; ; tries++) {
      try {
        return await run();
      } catch (err) {
        if (err instanceof AppError && err.code === 'lease-lost') return leaveToOthers();
        if (!isDatabaseAway(err) || tries === TRIES_MAX) throw err;
        logger.warn({ step: name, err }, 'the database is away; the step goes on when it answers');
        await untilDatabaseAnswers(workerState().shutdown.signal).catch(leaveToOthers);
      }
    }
  };
  return DBOS.runStep(guarded, { name });
}
