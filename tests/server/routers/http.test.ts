import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaller } from '@/server/routers';
import { answerHttp } from '@/server/routers/http/answer';
import { openApiDocument } from '@/server/routers/http/openapi';
import { httpProcedures } from '@/server/routers/http/procedures';
import { summaries } from '@/server/routers/http/summaries';
import type { Actor } from '@/server/services/actor';
import { authenticate } from '@/server/services/auth/authenticate';
import { startTestPlatform, type TestPlatform } from '../platform';
import { silicon } from '../workflows/workers';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

const ask = async (path: string, init: { input?: unknown; body?: unknown; method?: string; actor?: Actor } = {}) => {
  const url = new URL(`http://127.0.0.1/api/v1/${path}`);
  if (init.input !== undefined) url.searchParams.set('input', JSON.stringify(init.input));
  const request = new Request(url, {
    method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  const answer = await answerHttp(init.actor ?? platform.actor, path.split('/'), request);
  return { status: answer.status, body: await answer.json() };
};

test('the document lists every procedure but event streams, each with a line and a schema that stands alone', () => {
  const { paths } = openApiDocument('http://127.0.0.1:3000');
  const listed = Object.keys(paths);
  expect(listed).toContain('/calculations/run');
  expect(listed).not.toContain('/calculations/events');
  expect(listed).toHaveLength(httpProcedures().length);
  expect(httpProcedures().flatMap(({ path }) => (summaries[path] ? [] : [path]))).toEqual([]);
  expect(Object.keys(summaries).filter((path) => !listed.includes(`/${path.replace('.', '/')}`))).toEqual([]);
  const text = JSON.stringify(paths);
  expect(JSON.parse(text)['/calculations/get'].get.parameters[0].content['application/json'].schema).toMatchObject({
    type: 'object',
    required: ['id'],
  });
  expect(text).not.toContain('$schema');
});

describe('calls over HTTP', () => {
  test('store, find and list a structure', async () => {
    const made = await ask('structures/import', { body: { text: JSON.stringify(silicon) } });
    expect(made.status).toBe(200);
    const found = await ask('structures/get', { input: { id: made.body.id } });
    expect(found).toMatchObject({ status: 200, body: { id: made.body.id, formula: 'Si' } });
    expect(Date.parse(found.body.createdAt)).toBeGreaterThan(Date.now() - 60_000);
    expect((await ask('structures/list', { input: {} })).body.items).toHaveLength(1);
    expect((await ask('structures/list')).body.items).toHaveLength(1);
  });

  test('are refused with a stable code and a sentence', async () => {
    expect(await ask('structures/nothing')).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } });
    expect(await ask('__proto__/constructor')).toMatchObject({ status: 404 });
    expect(await ask('structures/get', { input: { id: 'x' } })).toMatchObject({
      status: 400,
      body: { error: { code: 'bad-input', message: expect.stringContaining('id') } },
    });
    expect(await ask('structures/get', { body: {} })).toMatchObject({ status: 400 });
    // An iron that was meant to be magnetic was once computed without spin, and nobody was told.
    const mistyped = { structure: silicon, properties: { bands: {} }, spin: { kind: 'collinear' } };
    expect(await ask('calculations/run', { body: mistyped })).toMatchObject({
      status: 400,
      body: { error: { code: 'bad-input', message: expect.stringContaining('spin') } },
    });
    const strange = crypto.randomUUID();
    expect(await ask('calculations/get', { input: { id: strange } })).toMatchObject({
      status: 404,
      body: { error: { code: 'not-found' } },
    });
    const bad = new Request('http://127.0.0.1/api/v1/structures/import', { method: 'POST', body: '{' });
    expect((await answerHttp(platform.actor, ['structures', 'import'], bad)).status).toBe(400);
  });
});

describe('a token', () => {
  const bearer = (token: string) => authenticate(new Headers({ authorization: `Bearer ${token}` }));

  test('opens the door for its owner until it is revoked', async () => {
    const caller = createCaller({ actor: platform.actor });
    const { id, token } = await caller.tokens.create({ name: 'script', scopes: ['read', 'write'], days: 1 });
    expect(await bearer(token)).toMatchObject({ userId: platform.actor.userId });
    expect((await caller.tokens.list()).map((one) => one.name)).toEqual(['script']);
    expect(JSON.stringify(await caller.tokens.list())).not.toContain(token);
    await caller.tokens.revoke({ id });
    expect(await bearer(token)).toBeNull();
    expect(await caller.tokens.list()).toEqual([]);
  });

  test('that may only look submits nothing, and makes no token that may', async () => {
    const { token } = await createCaller({ actor: platform.actor }).tokens.create({ name: 'eyes', scopes: ['read'] });
    const reader = (await bearer(token))!;
    expect((await ask('structures/list', { input: {}, actor: reader })).status).toBe(200);
    expect(await ask('structures/import', { body: { text: JSON.stringify(silicon) }, actor: reader })).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden' } },
    });
    await expect(createCaller({ actor: reader }).tokens.create({ name: 'more', scopes: ['write'] })).rejects.toThrow(
      /may not write/,
    );
  });
});
