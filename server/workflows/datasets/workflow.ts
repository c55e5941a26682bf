import { DBOS } from '@dbos-inc/dbos-sdk';
import { runImport } from '@/server/services/datasets/import/run-import';
import { DATASET_IMPORT } from '@/server/services/datasets/start-import';
import { named } from '../named';
import { step } from '../step';
import { leaveToOthers, workerState } from '../worker-state';

/** One step, which goes on where it ended: what it reached is in the dataset's row. */
export const datasetImportWorkflow = DBOS.registerWorkflow(
  (datasetId: string) =>
    step('read', async () => {
      const hasEnded = await runImport(datasetId, workerState().shutdown.signal);
      return hasEnded ? undefined : leaveToOthers();
    }),
  named(DATASET_IMPORT),
);
