import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { endLease, registerWorker, takeOverDeadWorkers } from '@/server/workflows/worker-lease';
import { startTestPlatform, type TestPlatform } from '../server/platform';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

test('a worker that ends while it takes over from another leaves all of it to the next', async () => {
  const [dead, second, third] = [await registerWorker(), await registerWorker(), await registerWorker()];
  await endLease(dead);
  await expect(takeOverDeadWorkers(second, () => Promise.reject(new Error('it was killed')))).rejects.toThrow('killed');
  const taken: string[] = [];
  const takeOver = async (id: string) => taken.push(id);
  await Promise.all([takeOverDeadWorkers(second, takeOver), takeOverDeadWorkers(third, takeOver)]);
  expect(taken).toEqual([dead]);
  expect((await db().worker.findUniqueOrThrow({ where: { id: dead } })).recoveredAt).toBeInstanceOf(Date);
});
