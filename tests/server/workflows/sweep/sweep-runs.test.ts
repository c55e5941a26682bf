import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { sweepRuns } from '@/server/workflows/sweep/sweep-runs';
import { startTestPlatform, type TestPlatform } from '../../platform';

const DAY_MS = 86_400_000;
let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

const folderOf = (name: string) => join(platform.dataFolder, 'runs', name);

/** A job with its folder, whose calculation wants `scratch`. */
async function makeRun(scratch: object | undefined, state: 'finished' | 'failed' | 'running'): Promise<string> {
  const { projectId, userId } = platform.actor;
  const calculationId = newId();
  const id = newId();
  const names = { label: '', formula: '', properties: [], protocol: '', functional: '' };
  await db().calculation.create({
    data: {
      ...{ id: calculationId, projectId, userId, kind: 'arithmetic', schemaVersion: 1, ...names },
      inputs: { draft: { resources: { scratch: scratch as object } } },
    },
  });
  const finishedAt = state === 'running' ? null : new Date();
  await db().process.create({
    data: { id, projectId, calculationId, kind: 'job', name: 'add', title: '', state, finishedAt },
  });
  mkdirSync(folderOf(id), { recursive: true });
  writeFileSync(join(folderOf(id), 'stdout'), '5');
  return id;
}

test('folders go as their calculations want it, and nothing goes that is not ours', async () => {
  const days = await makeRun({ policy: 'days', days: 3 }, 'failed');
  const old = await makeRun(undefined, 'finished');
  const kept = await makeRun({ policy: 'kept', days: 1 }, 'finished');
  const success = await makeRun({ policy: 'until-success', days: 1 }, 'finished');
  const failure = await makeRun({ policy: 'until-success', days: 1 }, 'failed');
  const running = await makeRun({ policy: 'until-success', days: 1 }, 'running');
  const others = [newId(), 'notes of mine'];
  for (const name of others) mkdirSync(folderOf(name));
  const left = () =>
    Object.entries({ days, old, kept, success, failure, running })
      .filter(([, id]) => existsSync(folderOf(id)))
      .map(([name]) => name);
  expect(await sweepRuns()).toBe(1);
  expect(left()).toEqual(['days', 'old', 'kept', 'failure', 'running']);
  expect((await db().process.findUniqueOrThrow({ where: { id: success } })).cleanedAt).toBeInstanceOf(Date);
  await sweepRuns(new Date(Date.now() + 2 * DAY_MS));
  expect(left()).toEqual(['days', 'kept', 'failure', 'running']);
  await sweepRuns(new Date(Date.now() + 4 * DAY_MS));
  expect(left()).toEqual(['kept', 'failure', 'running']);
  expect(others.every((name) => existsSync(folderOf(name)))).toBe(true);
});
