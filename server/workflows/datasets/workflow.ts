import { DBOS } from '@dbos-inc/dbos-sdk';
import { runImport } from '@/server/services/datasets/import/run-import';
import { runSymmetry } from '@/server/services/datasets/import/run-symmetry';
import { DATASET_IMPORT } from '@/server/services/datasets/start-import';
import { DATASET_TRAITS } from '@/server/services/datasets/traits/request-traits';
import { runTraits } from '@/server/services/datasets/traits/run-traits';
import { named } from '../named';
import { step } from '../step';
import { leaveToOthers, workerState } from '../worker-state';

/**
 * Steps, each of which goes on where it ended: what they reached is in the database. The entries can be browsed while the later ones look for
 * space groups, and describe the entries so that their kin is found.
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
  await describe(datasetId);
}, named(DATASET_IMPORT));

/** Of a dataset that has entries without traits: brought before there were any, or changed since. */
export const datasetTraitsWorkflow = DBOS.registerWorkflow(
  (key: string) => describe(key.split(' ')[0]!),
  named(DATASET_TRAITS),
);

const describe = (datasetId: string) =>
  step('describe', async () => {
    const hasEnded = await runTraits(datasetId, workerState().shutdown.signal);
    return hasEnded ? undefined : leaveToOthers();
  });
