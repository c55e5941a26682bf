import { DBOS } from '@dbos-inc/dbos-sdk';
import { runImport } from '@/server/services/datasets/import/run-import';
import { runSymmetry } from '@/server/services/datasets/import/run-symmetry';
import { DATASET_IMPORT } from '@/server/services/datasets/start-import';
import { named } from '../named';
import { step } from '../step';
import { leaveToOthers, workerState } from '../worker-state';

/**
 * Two steps, each of which goes on where it ended: what they reached is in the dataset's row. The entries can be browsed while the second looks
 * for their space groups.
 */
export const datasetImportWorkflow = DBOS.registerWorkflow(async (datasetId: string) => {
  await step('read', async () => {
    const hasEnded = await runImport(datasetId, workerState().shutdown.signal);
    return hasEnded ? undefined : leaveToOthers();
  });
  await step('symmetry', async () => {
    const hasEnded = await runSymmetry(datasetId, workerState().shutdown.signal);
    return hasEnded ? undefined : leaveToOthers();
  });
}, named(DATASET_IMPORT));
