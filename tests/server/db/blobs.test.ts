import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blobPath, putBlob, readBlob, streamBlob, sweepBlobs } from '@/server/db/blobs';
import { db } from '@/server/db/client';
import { startTestPlatform, type TestPlatform } from '../platform';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

test('a blob is found by its hash, whole and by range, and stored once', async () => {
  const first = await putBlob(db(), Buffer.from('abc'));
  expect(first).toEqual({ sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', bytes: 3 });
  expect(await putBlob(db(), Buffer.from('abc'))).toEqual(first);
  expect(await db().blob.count()).toBe(1);
  expect((await readBlob(first.sha256)).toString()).toBe('abc');
  const chunks: Buffer[] = [];
  for await (const chunk of await streamBlob(first.sha256, { start: 1, end: 1 })) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('b');
});

test('a stream that breaks leaves no blob', async () => {
  const before = await db().blob.count();
  const broken = (async function* () {
    yield Buffer.from('half');
    throw new Error('cut off');
  })();
  await expect(putBlob(db(), broken)).rejects.toThrow('cut off');
  expect(await db().blob.count()).toBe(before);
});

test('the sweeper takes what nobody has used for a day and leaves what somebody uses', async () => {
  const unused = await putBlob(db(), Buffer.from('unused'));
  const used = await putBlob(db(), Buffer.from('used'));
  const fresh = await putBlob(db(), Buffer.from('fresh'));
  await db().dataNode.create({
    data: {
      projectId: platform.actor.projectId,
      kind: 'job-files',
      schemaVersion: 1,
      files: { create: { name: 'a', sha256: used.sha256, mediaType: 'text/plain' } },
    },
  });
  await db().$executeRaw`UPDATE "Blob" SET "createdAt" = now() - interval '2 days' WHERE "sha256" <> ${fresh.sha256}`;
  await sweepBlobs(db());
  expect([unused, used, fresh].map((blob) => existsSync(blobPath(blob.sha256)))).toEqual([false, true, true]);
});
