import { DBOS } from '@dbos-inc/dbos-sdk';
import { AppError } from '@/server/errors';
import { propertyById } from '@/server/properties/registry';
import { acquire, transition } from '@/server/services/processes/transition';
import { processIdOf } from '../job/load-job';
import { runJob } from '../job/run-job';
import { leaveToOthers, workerState } from '../worker-state';
import { beginCalculation } from './begin';
import { conclude } from './conclude';
import { plannedProperties } from './plan';

/**
 * A calculation: the shared self-consistent job once, then every property as a workflow of its own beside the others. The
 * bodies only replay; all that reads or writes is in steps.
 */
export const calculationWorkflow = DBOS.registerWorkflow(
  async (calculationId: string) => {
    const { goesOn, properties } = await step('begin', () => beginCalculation(calculationId));
    if (!goesOn) return;
    const scf = await step('scf', () => runJob(processIdOf(calculationId, 'scf')));
    if (scf.state === 'finished') {
      const handles = [];
      for (const id of plannedProperties(properties)) {
        const workflowID = processIdOf(calculationId, id);
        handles.push(await DBOS.startWorkflow(propertyWorkflow, { workflowID })(calculationId, id));
      }
      for (const handle of handles) await handle.getResult();
    }
    await step('conclude', () => conclude(calculationId));
  },
  { name: 'calculation' },
);

const propertyWorkflow = DBOS.registerWorkflow(
  async (calculationId: string, propertyId: ReturnType<typeof plannedProperties>[number]) => {
    const processId = processIdOf(calculationId, propertyId);
    await step('begin', () => beginProperty(processId));
    await step('job', () => runJob(processIdOf(calculationId, propertyById(propertyId).job.name)));
    await step('conclude', () => conclude(processId));
  },
  { name: 'property' },
);

async function beginProperty(processId: string): Promise<void> {
  await acquire(workerState().workerId, processId);
  await transition(workerState().workerId, { processId, to: 'running' });
}

/** A step; where this worker has lost its lease the step does not end here, and whoever holds the lease repeats it. */
function step<Value>(name: string, run: () => Promise<Value>): Promise<Value> {
  const guarded = async () => {
    try {
      return await run();
    } catch (err) {
      if (err instanceof AppError && err.code === 'lease-lost') return leaveToOthers();
      throw err;
    }
  };
  return DBOS.runStep(guarded, { name });
}
