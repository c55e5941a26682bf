import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asJson, db } from '@/server/db/client';
import type { DatasetReport, DatasetSource, PropertyDefinition } from '@/server/schemas/datasets';
import { goOnImport } from '@/server/services/datasets/go-on-import';
import { runImport } from '@/server/services/datasets/import/run-import';
import { readRetryAfter } from '@/server/services/datasets/import/sources/try-again';
import { startRemoteImport } from '@/server/services/datasets/start-remote-import';
import { stopImport } from '@/server/services/datasets/stop-import';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { makeDataset, rockSalt } from './make-dataset';
import { type ServedDatabases, serveOptimade } from './serve-optimade';

let platform: TestPlatform;
let served: ServedDatabases;
beforeAll(async () => {
  await ensurePrograms();
  platform = await startTestPlatform();
  served = await serveOptimade(platform.actor);
  const salts = Array.from({ length: 350 }, (_, i) =>
    rockSalt(`salt-${String(i).padStart(3, '0')}`, i % 2 === 0 ? ['Na', 'Cl'] : ['K', 'Cl'], 5 + i / 1000, {
      _mine_gap: i % 7 === 0 ? null : 8 - i / 100,
    }),
  );
  const { id } = await makeDataset(platform.actor, 'origin', salts);
  const [gap] = (await db().dataset.findUniqueOrThrow({ where: { id } })).properties as unknown as PropertyDefinition[];
  await db().dataset.update({
    where: { id },
    data: { properties: asJson([{ ...gap, title: 'Band gap', unit: 'eV', description: 'With PBE' }]) },
  });
});
afterAll(async () => {
  await served?.stop();
  await platform?.stop();
});
beforeEach(() => {
  process.env.BRINE_FETCH_ALLOW = '127.0.0.1';
});
afterEach(() => {
  delete process.env.BRINE_FETCH_ALLOW;
  served.manners = null;
  served.asked.length = 0;
});

const never = new AbortController().signal;
const hasty = { triesMax: 4, firstPauseMs: 5, pauseMaxMs: 20 };

async function bring(url: string, filter = '', kind: 'optimade' | 'address' = 'optimade'): Promise<string> {
  return (await startRemoteImport(platform.actor, { kind, url, title: 'From elsewhere', filter })).id;
}

async function outcome(id: string) {
  const row = await db().dataset.findUniqueOrThrow({ where: { id } });
  return {
    ...row,
    report: row.report as unknown as DatasetReport,
    source: row.source as unknown as DatasetSource,
    properties: row.properties as unknown as PropertyDefinition[],
  };
}

const keysOf = async (datasetId: string) =>
  (await db().entry.findMany({ where: { datasetId }, orderBy: { number: 'asc' }, select: { key: true } })).map(
    ({ key }) => key,
  );

describe('an OPTIMADE server', () => {
  test('is taken whole, with what it says of its properties; null stays unknown', async () => {
    const id = await bring(`${served.origin}/optimade/origin`);
    expect(await runImport(id, never, hasty)).toBe(true);
    const { state, entryCount, report, properties, source } = await outcome(id);
    expect({ state, entryCount }).toEqual({ state: 'ready', entryCount: 350 });
    expect(report).toMatchObject({ refused: 0, repeated: 0 });
    expect(properties).toMatchObject([{ name: '_mine_gap', unit: 'eV', type: 'number' }]);
    expect(source).toMatchObject({ url: `${served.origin}/optimade/origin/v1`, entriesExpected: 350, waiting: null });
    const [first] = await db().entry.findMany({ where: { datasetId: id }, orderBy: { number: 'asc' }, take: 1 });
    expect(first).toMatchObject({ key: 'salt-000', properties: {}, formulaReduced: 'ClNa', siteCount: 2 });
  });

  test.each([
    ['/optimade/origin/v1/structures', 'chemical_formula_reduced="ClK"', 175],
    ['/optimade/origin/v1', '_mine_gap IS UNKNOWN', 50],
    ['/optimade/origin/v1/structures?filter=nsites=2 AND _mine_gap>7.9', '', 8],
  ])('with the base %s gives what the filter %s finds', async (path, filter, count) => {
    const id = await bring(served.origin + path, filter);
    await runImport(id, never, hasty);
    expect(await outcome(id)).toMatchObject({ state: 'ready', entryCount: count });
  });

  test('that is stopped half-way goes on with the next page, and takes nothing twice', async () => {
    const id = await bring(`${served.origin}/optimade/origin`);
    const stop = new AbortController();
    served.manners = (request) => {
      if (/page_cursor/.test(request.url!)) stop.abort();
      return false;
    };
    expect(await runImport(id, stop.signal, hasty)).toBe(false);
    const half = await outcome(id);
    expect(half).toMatchObject({ state: 'importing', entryCount: 100 });
    served.manners = null;
    served.asked.length = 0;
    await Promise.all([runImport(id, never, hasty), runImport(id, never, hasty)]);
    expect(served.asked.every((path) => path.includes('page_cursor'))).toBe(true);
    expect(await outcome(id)).toMatchObject({ state: 'ready', entryCount: 350, report: { repeated: 0 } });
    expect(new Set(await keysOf(id)).size).toBe(350);
  });

  test('is asked again when it is busy, after as long as it says', async () => {
    const times: number[] = [];
    let refusals = 0;
    served.manners = ({ url }, response) => {
      if (!url!.includes('page_cursor')) return false;
      times.push(performance.now());
      refusals += 1;
      if (refusals === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else if (refusals === 2) response.writeHead(503).end('busy');
      else return false;
      return true;
    };
    const id = await bring(`${served.origin}/optimade/origin`);
    await runImport(id, never, hasty);
    expect(await outcome(id)).toMatchObject({ state: 'ready', entryCount: 350 });
    expect(times[1]! - times[0]!).toBeGreaterThan(990);
  });

  test('whose answers break off is asked again, and left after some tries; then it can go on', async () => {
    const broken = (_: unknown, response: import('node:http').ServerResponse) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data": [{"id": "a", "attribu');
      return true;
    };
    served.manners = (request, response) => request.url!.includes('page_cursor') && broken(request, response);
    const id = await bring(`${served.origin}/optimade/origin`);
    await runImport(id, never, hasty);
    const half = await outcome(id);
    expect(half).toMatchObject({ state: 'interrupted', entryCount: 100 });
    expect(half.report.examples.at(-1)!.why).toMatch(/not JSON.*asked 4 times/);
    served.manners = null;
    await goOnImport(platform.actor, { id, isAnew: false });
    await runImport(id, never, hasty);
    const whole = await outcome(id);
    expect(whole).toMatchObject({ state: 'ready', entryCount: 350, report: { refused: 0, examples: [] } });
  });

  test('that answers 500 to the end keeps what was taken, and can be set back to nothing', async () => {
    served.manners = ({ url }, response) => {
      if (!url!.includes('page_cursor')) return false;
      response.writeHead(500).end();
      return true;
    };
    const id = await bring(`${served.origin}/optimade/origin`);
    await runImport(id, never, hasty);
    expect(await outcome(id)).toMatchObject({ state: 'interrupted', entryCount: 100 });
    served.manners = null;
    await goOnImport(platform.actor, { id, isAnew: true });
    expect(await outcome(id)).toMatchObject({ state: 'importing', entryCount: 0, properties: [] });
    expect(await keysOf(id)).toEqual([]);
    await runImport(id, never, hasty);
    expect(await outcome(id)).toMatchObject({ state: 'ready', entryCount: 350, report: { repeated: 0 } });
  });

  const page = (id: string, next: unknown) => ({
    data: [rockSalt(id, ['Na', 'Cl'], 5.64)],
    links: { next },
    meta: { api_version: '1.1.0' },
  });

  test.each([
    ['goes round in a circle', '/v1/structures?n=1', /circle/],
    ['leads to another server', 'http://elsewhere.example/v1/structures', /another server/],
    ['leads into this network', 'http://169.254.169.254/latest', /another server/],
    ['is no address', 'http://', /next page is none/],
  ])('whose next page %s is left with a sentence', async (_, next, why) => {
    served.manners = ({ url }, response) => {
      if (url!.startsWith('/v1/info')) response.writeHead(404).end('{}');
      else response.end(JSON.stringify(page(`e${served.asked.length}`, { href: next })));
      return true;
    };
    const id = await bring(served.origin);
    await runImport(id, never, hasty);
    const { state, report, entryCount } = await outcome(id);
    expect(state).toBe('interrupted');
    expect(entryCount).toBeGreaterThan(0);
    expect(report.examples.at(-1)!.why).toMatch(why);
  });

  test('of another version with odd entries gives the good ones: numbers for ids, bad ones, an info that fails', async () => {
    served.manners = ({ url }, response) => {
      if (url!.startsWith('/v1/info')) response.writeHead(500).end();
      else if (url!.includes('response_fields') || url!.includes('page_limit')) response.writeHead(400).end('{}');
      else {
        const good = { ...rockSalt('x', ['Mg', 'O'], 4.21, { _oqmd_delta_e: -3 }), id: 4_061_139 };
        const data = [good, { id: 'bad', attributes: { ...good.attributes, species_at_sites: ['?'] } }, 7, null];
        response.end(JSON.stringify({ data, links: { next: null }, meta: { api_version: '1.0.0' } }));
      }
      return true;
    };
    const id = await bring(served.origin);
    await runImport(id, never, hasty);
    const { state, entryCount, report } = await outcome(id);
    expect({ state, entryCount, refused: report.refused }).toEqual({ state: 'ready', entryCount: 1, refused: 3 });
    expect(await keysOf(id)).toEqual(['4061139']);
  });

  test('that refuses the filter says why; one of version 0.10 is not read', async () => {
    const id = await bring(`${served.origin}/optimade/origin`, 'nothing of that kind');
    await runImport(id, never, hasty);
    expect((await outcome(id)).report.examples.at(-1)!.why).toMatch(/answered 400: /);
    served.manners = (_, response) => {
      response.end(JSON.stringify({ meta: { api_version: '0.10.1' }, data: {} }));
      return true;
    };
    const old = await bring(served.origin);
    await runImport(old, never, hasty);
    expect((await outcome(old)).report.examples.at(-1)!.why).toMatch(/versions 1\.x/);
  });

  test('within this network is refused at once unless the settings allow it', async () => {
    delete process.env.BRINE_FETCH_ALLOW;
    await expect(bring(`${served.origin}/optimade/origin`)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(bring('http://localhost:5432/')).rejects.toMatchObject({ code: 'bad-input' });
    expect(served.asked).toEqual([]);
  });

  test('is stopped by a person, and goes on by one', async () => {
    const id = await bring(`${served.origin}/optimade/origin`);
    await stopImport(platform.actor, { id });
    await runImport(id, never, hasty);
    expect(await outcome(id)).toMatchObject({ state: 'interrupted', entryCount: 0 });
    await expect(stopImport(platform.actor, { id })).rejects.toMatchObject({ code: 'conflict' });
    await goOnImport(platform.actor, { id, isAnew: false });
    await expect(goOnImport(platform.actor, { id, isAnew: false })).rejects.toMatchObject({ code: 'conflict' });
    await runImport(id, never, hasty);
    expect(await outcome(id)).toMatchObject({ state: 'ready', entryCount: 350 });
  });
});

describe('the address of a file', () => {
  const file = gzipSync(
    [rockSalt('a', ['Na', 'Cl'], 5.64), rockSalt('b', ['Mg', 'O'], 4.21)]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  );

  test('is fetched, also at a second try, and read as one that was brought', async () => {
    let tries = 0;
    served.manners = (_, response) => {
      tries += 1;
      if (tries > 1) response.end(file);
      else response.destroy();
      return true;
    };
    const id = await bring(`${served.origin}/data/crystals.jsonl.gz`, '', 'address');
    await runImport(id, never, hasty);
    const { state, entryCount, source, sourceSha256 } = await outcome(id);
    expect({ state, entryCount }).toEqual({ state: 'ready', entryCount: 2 });
    expect(source).toMatchObject({ fileName: 'crystals.jsonl.gz', bytes: file.length });
    expect(sourceSha256).not.toBeNull();
  });

  test('that is not there is said', async () => {
    served.manners = (_, response) => {
      response.writeHead(404).end();
      return true;
    };
    const id = await bring(`${served.origin}/none.jsonl`, '', 'address');
    await runImport(id, never, hasty);
    expect((await outcome(id)).report.examples.at(-1)!.why).toMatch(/answered 404/);
  });
});

test('Retry-After is seconds or a date', () => {
  expect(readRetryAfter('120')).toBe(120_000);
  expect(readRetryAfter('Wed, 21 Oct 2026 07:28:30 GMT', Date.parse('2026-10-21T07:28:00Z'))).toBe(30_000);
  expect(readRetryAfter('soon')).toBeNull();
  expect(readRetryAfter(undefined)).toBeNull();
});
