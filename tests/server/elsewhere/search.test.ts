import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import type { startSearchSchema } from '@/server/schemas/elsewhere';
import type { Actor } from '@/server/services/actor';
import { askProvider } from '@/server/services/elsewhere/ask/ask-provider';
import { listFound, showFound, takeFound, writeFound } from '@/server/services/elsewhere/found';
import { knownProviders } from '@/server/services/elsewhere/known-providers.data';
import { mergeFound } from '@/server/services/elsewhere/merge/merge-found';
import { addProvider, listProviders, removeProvider, switchProvider } from '@/server/services/elsewhere/providers';
import { getSearch, goOnSearch, startSearch, sweepSearches } from '@/server/services/elsewhere/searches';
import { testProvider } from '@/server/services/elsewhere/test-provider';
import { makeDataset, rockSalt } from '../datasets/make-dataset';
import { type ServedDatabases, serveOptimade } from '../datasets/serve-optimade';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { conventionalSalt, type OddServer, pageOf, serveOdd } from './odd-servers';

let platform: TestPlatform;
let served: ServedDatabases;
const odd: OddServer[] = [];
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  served = await serveOptimade(platform.actor);
  const salts = Array.from({ length: 120 }, (_, i) =>
    rockSalt(`salt-${String(i).padStart(3, '0')}`, i === 0 ? ['Na', 'Cl'] : ['K', 'Cl'], 5.64 + i / 20),
  );
  await makeDataset(platform.actor, 'origin', salts);
});
afterAll(async () => {
  await served?.stop();
  await platform?.stop();
});
beforeEach(() => {
  process.env.BRINE_FETCH_ALLOW = '127.0.0.1';
});
afterEach(async () => {
  delete process.env.BRINE_FETCH_ALLOW;
  served.manners = null;
  served.asked.length = 0;
  await Promise.all(odd.splice(0).map((server) => server.stop()));
  await db().remoteProvider.deleteMany({ where: { projectId: platform.actor.projectId } });
});

const never = new AbortController().signal;
const hasty = { triesMax: 3, firstPauseMs: 5, pauseMaxMs: 50 };

async function serve(answer: Parameters<typeof serveOdd>[0]): Promise<OddServer> {
  const server = await serveOdd(answer);
  odd.push(server);
  return server;
}

/** A server in the list of the project, without its being asked what it is. */
const list = (name: string, url: string) =>
  db().remoteProvider.create({ data: { projectId: platform.actor.projectId, name, url } });

type Asked = Partial<z.infer<typeof startSearchSchema>>;

async function begin(servers: Record<string, string>, asked: Asked = {}): Promise<string> {
  const rows = await Promise.all(Object.entries(servers).map(([name, url]) => list(name, url)));
  const providerIds = rows.map((row) => row.id);
  return (await startSearch(platform.actor, { text: 'NaCl', providerIds, ...asked })).id;
}

async function askAll(id: string): Promise<void> {
  const answers = await db().remoteAnswer.findMany({ where: { searchId: id } });
  await Promise.all(answers.map((answer) => askProvider(answer.id, never, hasty)));
  await mergeFound(id, never);
}

async function answersOf(id: string) {
  const { answers } = await getSearch(platform.actor, { id });
  return Object.fromEntries(answers.map((answer) => [answer.name, answer]));
}
async function linesOf(actor: Actor, id: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of writeFound(actor, { id })) lines.push(line);
  return lines;
}
const rowsOf = (id: string) => listFound(platform.actor, { id, order: 'sites', limit: 100 });

describe('several servers at once', () => {
  test('each tells for itself: what it found and how long it took, or why it failed; none waits for another', async () => {
    const slow = await serve(async (_, response) => {
      await sleep(3_000);
      response.end(pageOf([rockSalt('slow-1', ['Na', 'Cl'], 5.64)]));
    });
    const broken = await serve((_, response) => response.writeHead(500).end('oh'));
    const page = await serve((_, response) => response.end('<html><body>Welcome</body></html>'));
    const inward = await serve((_, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    );
    const endless = await serve((_, response) => {
      const chunk = Buffer.alloc(1 << 20, 'x');
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    const odd10 = await serve((request, response) => {
      // Of version 1.0, with numbers for ids, no count, the next page relative and as an object, one entry spoilt.
      const { attributes } = rockSalt('x', ['Na', 'Cl'], 5.7);
      const data = [{ id: 42, type: 'structures', attributes, extra: 1 }, { id: 'bad', attributes: {} }, 7];
      response.setHeader('content-type', 'text/plain');
      if (request.url!.includes('response_fields')) response.writeHead(400).end('{"errors": []}');
      else
        response.end(pageOf(data, { meta: { api_version: '1.0.0' }, links: { next: { href: '/v1/structures?n=2' } } }));
    });
    const id = await begin({
      ours: `${served.origin}/optimade/origin/v1`,
      slow: `${slow.origin}/v1`,
      broken: `${broken.origin}/v1`,
      page: `${page.origin}/v1`,
      inward: `${inward.origin}/v1`,
      endless: `${endless.origin}/v1`,
      odd10: `${odd10.origin}/v1`,
    });
    const running = askAll(id);
    await expect.poll(async () => (await answersOf(id)).ours!.state, { timeout: 5_000 }).toBe('answered');
    expect((await answersOf(id)).slow!.state).toBe('asking');
    await running;
    const answers = await answersOf(id);
    expect(answers.ours).toMatchObject({ state: 'answered', found: 1, total: 1, hasMore: false, notes: [] });
    expect(answers.slow).toMatchObject({ state: 'answered', found: 1 });
    expect(answers.slow!.latencyMs).toBeGreaterThan(2_900);
    expect(answers.broken).toMatchObject({ state: 'failed', failure: expect.stringMatching(/answered 500.*later/) });
    expect(broken.asked).toHaveLength(3);
    expect(answers.page).toMatchObject({ state: 'failed', failure: expect.stringMatching(/web page/) });
    expect(answers.inward).toMatchObject({ state: 'failed', failure: expect.stringMatching(/169\.254\.169\.254/) });
    expect(answers.endless).toMatchObject({ state: 'failed', failure: expect.stringMatching(/larger than 16 MB/) });
    expect(answers.odd10).toMatchObject({
      ...{ state: 'answered', found: 1, refused: 2, total: null, hasMore: true },
      notes: [expect.stringMatching(/choice of fields/)],
    });
    const { rows, count } = await rowsOf(id);
    expect(count).toBe(1);
    expect(rows[0]!.members.map(({ database }) => database).sort()).toEqual(['odd10', 'ours', 'slow']);
  });

  test('are asked one request at a time each, whatever is searched', async () => {
    let open = 0;
    let most = 0;
    const one = await serve(async (_, response) => {
      open += 1;
      most = Math.max(most, open);
      await sleep(60);
      open -= 1;
      response.end(pageOf([]));
    });
    const { id: providerId } = await list('one', `${one.origin}/v1`);
    const ids = await Promise.all(
      [1, 2, 3].map(() => startSearch(platform.actor, { text: 'NaCl', providerIds: [providerId] })),
    );
    await Promise.all(ids.map(({ id }) => askAll(id)));
    expect([one.asked.length, most]).toEqual([3, 1]);
  });

  test('a filter by number of sites that one cannot answer is done here, and said', async () => {
    const plain = await serve((request, response) => {
      if (request.url!.includes('nsites'))
        response.writeHead(501).end('{"errors": [{"detail": "nsites is not known"}]}');
      else response.end(pageOf([rockSalt('two', ['Na', 'Cl'], 5.64), conventionalSalt('eight', ['K', 'Cl'], 6.3)]));
    });
    const id = await begin({ plain: `${plain.origin}/v1` }, { sitesMax: 4 });
    await askAll(id);
    const { plain: answer } = await answersOf(id);
    expect(answer).toMatchObject({ found: 1 });
    expect(answer!.notes.join()).toMatch(/left out here/);
  });

  test('one that refuses the whole search says why', async () => {
    const strict = await serve((_, response) =>
      response.writeHead(400).end('{"errors": [{"detail": "No such field."}]}'),
    );
    const id = await begin({ strict: `${strict.origin}/v1` });
    await askAll(id);
    expect((await answersOf(id)).strict!.failure).toMatch(/answered 400: No such field.*simpler/);
  });
});

describe('page after page', () => {
  test('goes on by the cursor, once at a time, to the end', async () => {
    const id = await begin({ ours: `${served.origin}/optimade/origin/v1` }, { text: 'KCl' });
    await askAll(id);
    const { ours } = await answersOf(id);
    expect(ours).toMatchObject({ found: 50, total: 119, hasMore: true });
    for (const found of [100, 119]) {
      await goOnSearch(platform.actor, { id, answerId: ours!.id });
      await goOnSearch(platform.actor, { id, answerId: ours!.id });
      await askAll(id);
      expect((await answersOf(id)).ours).toMatchObject({ found, state: 'answered' });
    }
    expect((await answersOf(id)).ours!.hasMore).toBe(false);
    await expect(goOnSearch(platform.actor, { id, answerId: ours!.id })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('that go round in a circle, or lead to another server, end with a sentence', async () => {
    const round = await serve((request, response) => {
      const next = request.url!.includes('n=1') ? '/v1/structures?n=2' : '/v1/structures?n=1';
      response.end(pageOf([rockSalt(request.url!.slice(-3), ['Na', 'Cl'], 5.64)], { links: { next } }));
    });
    const away = await serve((_, response) =>
      response.end(pageOf([rockSalt('a', ['Na', 'Cl'], 5.64)], { links: { next: 'http://10.0.0.1/v1/structures' } })),
    );
    const id = await begin({ round: `${round.origin}/v1`, away: `${away.origin}/v1` });
    await askAll(id);
    expect((await answersOf(id)).away).toMatchObject({
      hasMore: false,
      notes: [expect.stringMatching(/another server/)],
    });
    const { round: first } = await answersOf(id);
    for (const _ of [1, 2]) {
      await goOnSearch(platform.actor, { id, answerId: first!.id });
      await askAll(id);
    }
    expect((await answersOf(id)).round).toMatchObject({ hasMore: false, notes: [expect.stringMatching(/circle/)] });
  });

  test('a worker that ends in the middle leaves the page to the next one; nothing is there twice', async () => {
    let isStuck = true;
    const server = await serve((_, response) => {
      if (!isStuck) response.end(pageOf([rockSalt('a', ['Na', 'Cl'], 5.64)]));
    });
    const id = await begin({ server: `${server.origin}/v1` });
    const [answer] = await db().remoteAnswer.findMany({ where: { searchId: id } });
    const shutdown = new AbortController();
    setTimeout(() => shutdown.abort(), 100);
    expect(await askProvider(answer!.id, shutdown.signal, hasty)).toBe(false);
    expect((await answersOf(id)).server).toMatchObject({ state: 'asking', found: 0 });
    isStuck = false;
    await Promise.all([1, 2].map(() => askProvider(answer!.id, never, hasty)));
    expect((await answersOf(id)).server).toMatchObject({ state: 'answered', found: 1 });
    expect(await db().remoteEntry.count({ where: { searchId: id } })).toBe(1);
  });

  test('that failed is asked again', async () => {
    let isBroken = true;
    const server = await serve((_, response) =>
      isBroken ? response.destroy() : response.end(pageOf([rockSalt('a', ['Na', 'Cl'], 5.64)])),
    );
    const id = await begin({ server: `${server.origin}/v1` });
    await askAll(id);
    const { server: failed } = await answersOf(id);
    expect(failed).toMatchObject({ state: 'failed', failure: expect.stringMatching(/connection/) });
    isBroken = false;
    await goOnSearch(platform.actor, { id, answerId: failed!.id });
    await askAll(id);
    expect((await answersOf(id)).server).toMatchObject({ state: 'answered', found: 1, failure: null });
  });
});

describe('what was found', () => {
  test('the same crystal in three disguises is one row; another size and another crystal are not', async () => {
    const first = await serve((_, response) =>
      response.end(pageOf([rockSalt('primitive', ['Na', 'Cl'], 5.64), rockSalt('squeezed', ['Na', 'Cl'], 4.9)])),
    );
    const second = await serve((_, response) =>
      response.end(pageOf([conventionalSalt('conventional', ['Na', 'Cl'], 5.7), rockSalt('other', ['K', 'Cl'], 6.3)])),
    );
    const third = await serve((_, response) => response.end(pageOf([rockSalt('again', ['Na', 'Cl'], 5.6)])));
    const id = await begin({ A: `${first.origin}/v1`, B: `${second.origin}/v1`, C: `${third.origin}/v1` });
    await askAll(id);
    const { rows } = await rowsOf(id);
    const groups = rows.map(({ members }) => members.map(({ key }) => key).sort()).sort();
    expect(groups).toEqual([['again', 'conventional', 'primitive'], ['other'], ['squeezed']]);
    const merged = rows.find(({ count }) => count === 3)!;
    expect(merged).toMatchObject({ formula: 'NaCl', sites: 2 });
    expect(merged.members.map(({ database }) => database).sort()).toEqual(['A', 'B', 'C']);
    expect((await getSearch(platform.actor, { id })).uncompared).toEqual({ waiting: 0, skipped: 0 });
  });

  test('is sorted, paged, shown, taken with its origin, and written as lines', async () => {
    const server = await serve((_, response) =>
      response.end(pageOf([rockSalt('two', ['Na', 'Cl'], 5.64), conventionalSalt('eight', ['K', 'Cl'], 6.3)])),
    );
    const id = await begin({ server: `${server.origin}/v1` });
    await askAll(id);
    const page = await listFound(platform.actor, { id, order: '-sites', limit: 1 });
    expect(page).toMatchObject({ count: 2, nextCursor: 1, rows: [{ formula: 'KCl', sites: 8 }] });
    const last = await listFound(platform.actor, { id, order: '-sites', limit: 1, cursor: 1 });
    expect(last).toMatchObject({ nextCursor: null, rows: [{ formula: 'NaCl', sites: 2 }] });
    const entryId = last.rows[0]!.id;
    const shown = await showFound(platform.actor, { id, entryId });
    expect(shown).toMatchObject({ formula: 'NaCl', name: 'two', symmetry: { spaceGroupNumber: 225 } });
    const taken = await takeFound(platform.actor, { id, entryId });
    await takeFound(platform.actor, { id, entryId });
    const nodes = await db().dataNode.findMany({ where: { kind: 'remote-entry' } });
    expect(nodes).toMatchObject([
      { value: { key: 'two', url: `${server.origin}/v1/structures/two`, provider: { name: 'server' } } },
    ]);
    expect(taken).toMatchObject({ name: 'two', source: { kind: 'dataset', fileName: 'server' } });
    const lines = (await linesOf(platform.actor, id)).map((line) => JSON.parse(line) as { id?: string });
    expect(lines.map((line) => line.id).sort()).toEqual(['server/eight', 'server/two', undefined]);
  });

  test('is nobody else’s', async () => {
    const id = await begin({ server: 'http://127.0.0.1:9/v1' });
    const stranger = await makeActor('Eve');
    await expect(listFound(stranger, { id, order: 'sites', limit: 5 })).rejects.toMatchObject({ code: 'not-found' });
    await expect(linesOf(stranger, id)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('goes when nobody has looked at it for two weeks', async () => {
    const id = await begin({ server: 'http://127.0.0.1:9/v1' });
    await sweepSearches();
    expect(await db().remoteSearch.count({ where: { id } })).toBe(1);
    await db().remoteSearch.update({ where: { id }, data: { usedAt: new Date(Date.now() - 15 * 86_400_000) } });
    expect(await sweepSearches()).toBe(1);
    await expect(getSearch(platform.actor, { id })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the list of servers', () => {
  test('has the well-known ones, which can be switched off and not removed', async () => {
    const all = await listProviders(platform.actor);
    expect(all.map(({ url }) => url).sort()).toEqual(knownProviders.map(({ url }) => url).sort());
    const [first] = all;
    await switchProvider(platform.actor, { id: first!.id, isEnabled: false });
    expect((await listProviders(platform.actor))[0]).toMatchObject({ isEnabled: false, isKnown: true });
    await expect(removeProvider(platform.actor, { id: first!.id })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('takes a server, and for an index all of its databases', async () => {
    const index = await serve((request, response) => {
      const { origin } = odd[0]!;
      const child = (name: string, base: unknown, link_type: string) => ({
        id: name,
        type: 'links',
        attributes: { name, base_url: base, link_type },
      });
      if (request.url!.endsWith('/info')) response.end(JSON.stringify({ data: { attributes: { is_index: true } } }));
      else
        response.end(
          pageOf([
            child('One', `${origin}/one`, 'child'),
            child('Two', { href: `${origin}/two/v1` }, 'child'),
            child('Root', origin, 'root'),
            child('Nothing', null, 'child'),
          ]),
        );
    });
    const added = await addProvider(platform.actor, { url: `${index.origin}/v1/links`, name: '' });
    expect(added.map(({ name, url }) => [name, url]).sort()).toEqual([
      ['One', `${index.origin}/one/v1`],
      ['Two', `${index.origin}/two/v1`],
    ]);
    await expect(addProvider(platform.actor, { url: index.origin, name: '' })).rejects.toMatchObject({
      code: 'conflict',
    });
    const [own] = await addProvider(platform.actor, { url: `${served.origin}/optimade/origin`, name: 'Ours' });
    expect(own).toMatchObject({ name: 'Ours', isKnown: false });
    const { steps } = await testProvider(platform.actor, { id: own!.id });
    expect(steps).toMatchObject([
      { name: 'info', isGood: true, text: 'OPTIMADE 1.2.0' },
      { name: 'structure', isGood: true },
    ]);
    await removeProvider(platform.actor, { id: own!.id });
  });

  test('refuses addresses within this network', async () => {
    delete process.env.BRINE_FETCH_ALLOW;
    await expect(addProvider(platform.actor, { url: 'http://127.0.0.1:1/', name: '' })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  test('a filter that is none is refused before anybody is asked', async () => {
    const caller = createCaller({ actor: platform.actor });
    await expect(caller.elsewhere.search({ text: 'elements HAS' })).rejects.toThrow(/no filter of OPTIMADE/);
  });
});
