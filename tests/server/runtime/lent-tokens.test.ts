import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { endLease, renewLease, takeLease } from '@/server/runtime/host/lease';
import { lendToken as lend } from '@/server/runtime/lent-tokens';
import { NotebookSession } from '@/server/runtime/notebook/session';
import type { Actor } from '@/server/services/actor';
import { authenticate } from '@/server/services/auth/authenticate';
import { createToken, lendToken, listTokens, renewToken } from '@/server/services/auth/tokens';
import { addComputer } from '@/server/services/computers/add-computer';
import { createNotebook } from '@/server/services/notebooks/create-notebook';
import { createStructureFromExample } from '@/server/services/structures/create-structure-from-example';
import { listStructures } from '@/server/services/structures/list-structures';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { makeHost, printed, Tab } from './notebook/notebooks';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

const actorOf = (token: string) => authenticate(new Headers({ authorization: `Bearer ${token}` }));
const lendTo = (actor: Actor, runtimeHostId: string | null) =>
  lend({ userId: actor.userId, projectId: actor.projectId, name: 'a notebook', runtimeHostId });

test('the code of a notebook finds a token of its project, which is nothing any more when its kernel has ended', async () => {
  process.env.BRINE_ORIGIN = 'http://127.0.0.1:1';
  const { host, end } = await makeHost();
  const { id } = await createNotebook(platform.actor, { spec: 'deno' });
  const session = await NotebookSession.open(host, id);
  try {
    const tab = new Tab(session);
    const cell = await tab.ended(await tab.run('console.log(Deno.env.get("BRINE_URL"), Deno.env.get("BRINE_TOKEN"))'));
    const [url, token] = printed(cell).trim().split(' ') as [string, string];
    expect(url).toBe('http://127.0.0.1:1');
    expect(await actorOf(token)).toMatchObject({ projectId: platform.actor.projectId, scopes: ['read', 'compute'] });
    await session.close();
    expect(await actorOf(token)).toBeNull();
  } finally {
    await session.close();
    await end();
    delete process.env.BRINE_ORIGIN;
  }
});

test('it may look, bring in structures and compute, but make no tokens and add no programs or computers', async () => {
  const { token } = await lendToken(platform.actor, { name: 'a notebook' });
  const actor = (await actorOf(token))!;
  await createStructureFromExample(actor, { exampleId: 'silicon' });
  expect((await listStructures(actor, { limit: 10, cursor: null })).items).toHaveLength(1);
  await expect(createToken(actor, { name: 'for ever', scopes: ['read'], days: null })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(lendToken(actor, { name: 'another' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(addComputer(actor, {} as Parameters<typeof addComputer>[1])).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('what a killed process lent is taken back by the next, and ends by itself in five minutes where there is none', async () => {
  const never = new AbortController().signal;
  const killed = await takeLease(1, never);
  const { id, token } = await lendTo(platform.actor, killed);
  expect(await actorOf(token)).not.toBeNull();
  const { expiresAt } = await db().token.findUniqueOrThrow({ where: { id } });
  expect(expiresAt!.getTime() - Date.now()).toBeLessThanOrEqual(300_000);
  await endLease(killed);
  const next = await takeLease(1, never);
  expect(await actorOf(token)).toBeNull();
  await endLease(next);
});

test('it goes on while its owner lives, also where the database was away for longer than it lasts', async () => {
  const host = await takeLease(1, new AbortController().signal);
  const lent = [await lendTo(platform.actor, host), await lendToken(platform.actor, { name: 'a notebook' })];
  await db().token.updateMany({
    where: { id: { in: lent.map(({ id }) => id) } },
    data: { expiresAt: new Date(Date.now() - 1) },
  });
  for (const { token } of lent) expect(await actorOf(token)).toBeNull();
  await renewLease(host);
  await renewToken(platform.actor, { id: lent[1]!.id });
  for (const { token } of lent) expect(await actorOf(token)).not.toBeNull();
  await endLease(host);
});

test('renewing makes nobody else’s token live longer, nor one that is not lent', async () => {
  const { id } = await lendToken(platform.actor, { name: 'a notebook' });
  const own = await createToken(platform.actor, { name: 'a script', scopes: ['read'], days: 1 });
  await expect(renewToken(await makeActor('someone'), { id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(renewToken(platform.actor, { id: own.id })).rejects.toMatchObject({ code: 'not-found' });
  expect((await listTokens(platform.actor)).find((one) => one.id === own.id)?.expiresAt).toEqual(own.expiresAt);
});
