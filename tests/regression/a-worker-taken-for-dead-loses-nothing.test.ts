import { DBOS } from '@dbos-inc/dbos-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { requireDatabaseUrl } from '@/server/env';
import { registerWorker, renewLease, takeOverDeadWorkers } from '@/server/workflows/worker-lease';
import { startTestPlatform, type TestPlatform } from '../server/platform';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
  await DBOS.migrate(requireDatabaseUrl());
});
afterAll(() => platform?.stop());

const expire = (id: string) =>
  db().worker.update({ where: { id }, data: { leaseUntil: new Date(Date.now() - 1_000) } });

test('a worker whose renewal waited while another took over from it is told that its lease is gone', async () => {
  const worker = await registerWorker();
  let renewal: Promise<boolean> | undefined;
  await db().$transaction(async (tx) => {
    // As the one that takes over writes it; by its clock, a little ahead.
    const later = new Date(Date.now() + 1_000);
    await tx.worker.update({ where: { id: worker }, data: { leaseUntil: later, recoveredAt: later } });
    renewal = renewLease(worker);
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  expect(await renewal).toBe(false);
});

test('what a worker took up after it was taken over from is taken over too', async () => {
  const [other, worker] = [await registerWorker(), await registerWorker()];
  const taken: string[] = [];
  const takeOver = async (id: string) => taken.push(id);
  await expire(worker);
  await takeOverDeadWorkers(other, takeOver);
  expect(taken).toContain(worker);
  await takeOverDeadWorkers(other, takeOver);
  expect(taken.filter((id) => id === worker)).toHaveLength(1);
  const now = Date.now();
  await db().$executeRaw`
    INSERT INTO dbos."workflow_status" ("workflow_uuid", "status", "name", "executor_id", "created_at", "updated_at")
    VALUES (${`late-${worker}`}, 'PENDING', 'calculation', ${worker}, ${now}, ${now})`;
  await takeOverDeadWorkers(other, takeOver);
  expect(taken.filter((id) => id === worker)).toHaveLength(2);
});
