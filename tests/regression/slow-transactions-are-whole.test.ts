import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { startTestPlatform, type TestPlatform } from '../server/platform';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

/** By itself Prisma ends a transaction after five seconds, and what its caller does next lands outside of it. */
test('a transaction that takes longer than five seconds is kept whole', async () => {
  await db().$transaction(async (tx) => {
    const { id } = await tx.user.create({ data: { name: 'Slow' } });
    await tx.$queryRaw`SELECT pg_sleep(5.5)::text`;
    await tx.user.update({ where: { id }, data: { name: 'Slow and whole' } });
  });
  expect(await db().user.findMany({ where: { name: { startsWith: 'Slow' } }, select: { name: true } })).toEqual([
    { name: 'Slow and whole' },
  ]);
});
