import { DBOS } from '@dbos-inc/dbos-sdk';
import { db } from '@/server/db/client';
import type { PropertyId } from '@/server/properties/ids';
import { needsDensity } from '@/server/properties/ids';
import { RELAX_JOB } from '@/server/properties/relax/property';
import { settleWaits } from '@/server/services/calculations/waits';
import { acquire, transition } from '@/server/services/processes/transition';
import { Turns } from '@/server/turns';
import { processIdOf } from '../job/load-job';
import { runJob } from '../job/run-job';
import { named } from '../named';
import { step } from '../step';
import { workerState } from '../worker-state';
import { beginCalculation } from './begin';
import { combineResults } from './combine';
import { conclude } from './conclude';
import { isRelaxed, laterProperties } from './plan';

/** A worker that takes over hundreds has some of them begun soon, and not all of them a little. */
const begins = new Turns(8);

/**
 * A calculation: the relaxation where it was asked for, then the shared self-consistent job once, then every other property as a
 * workflow of its own beside the others. The bodies only replay; all that reads or writes is in steps.
 */
export const calculationWorkflow = DBOS.registerWorkflow(async (calculationId: string) => {
  const { goesOn, properties } = await step('begin', () => begins.take(() => beginCalculation(calculationId)));
  if (!goesOn) return;
  const start = (id: PropertyId) =>
    DBOS.startWorkflow(propertyWorkflow, { workflowID: processIdOf(calculationId, id) })(calculationId, id);
  const relaxed = isRelaxed(properties) ? await (await start('relax')).getResult() : { state: 'finished' };
  if (relaxed.state === 'finished' && needsDensity(properties)) {
    const scf = await step('scf', () => runJob(processIdOf(calculationId, 'scf')));
    if (scf.state === 'finished') {
      const handles = [];
      for (const id of laterProperties(properties)) handles.push(await start(id));
      for (const handle of handles) await handle.getResult();
    }
  }
  await step('conclude', async () => {
    await conclude(calculationId);
    await settleWaits();
  });
}, named('calculation'));

const propertyWorkflow = DBOS.registerWorkflow(async (calculationId: string, propertyId: PropertyId) => {
  const processId = processIdOf(calculationId, propertyId);
  const jobs = (await step('begin', () => beginProperty(processId))) ?? [
    processIdOf(calculationId, onlyJob[propertyId]!),
  ];
  await Promise.all(jobs.map((jobId) => step('job', () => runJob(jobId))));
  return step('conclude', async () => {
    await combineResults(calculationId, propertyId);
    return conclude(processId);
  });
}, named('property'));

/** Begun before properties had several jobs, a workflow does not remember which were its own. */
const onlyJob: Partial<Record<PropertyId, string>> = {
  relax: RELAX_JOB,
  bands: 'bands-path',
  dos: 'dos-mesh',
  volumes: 'volumes-fields',
};

/** The jobs of the property, in their order. */
async function beginProperty(processId: string): Promise<string[]> {
  await acquire(workerState().workerId, processId);
  await transition(workerState().workerId, { processId, to: 'running' });
  const jobs = await db().process.findMany({
    where: { parentId: processId, kind: 'job' },
    orderBy: { ordinal: 'asc' },
    select: { id: true },
  });
  return jobs.map(({ id }) => id);
}
