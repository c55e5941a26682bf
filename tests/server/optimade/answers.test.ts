import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { answerOptimade, type OptimadeAnswer } from '@/server/optimade/answer';
import { Definitions } from '@/server/services/datasets/import/definitions';
import { readDatasetLines } from '@/server/services/datasets/import/read-lines';
import { emptyReport } from '@/server/services/datasets/import/report';
import { writeEntries, writeReferences } from '@/server/services/datasets/import/write-entries';
import { servedDatasets } from '@/server/services/datasets/served-datasets';
import { startTestPlatform, type TestPlatform } from '../platform';
import { hasVectors, vectors } from './vectors';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform?.stop());

/** Lines as entries of a new dataset of the test's project. */
async function makeDataset(slug: string, lines: unknown[]): Promise<void> {
  const id = newId();
  const read = readDatasetLines({ lines: lines.map((line) => JSON.stringify(line)) });
  const refused = read.filter((line) => line.is === 'refused');
  expect(refused).toEqual([]);
  const entries = read.flatMap((line) => (line.is === 'entry' ? [line.entry] : []));
  const definitions = new Definitions([]);
  for (const entry of entries) entry.properties = definitions.fit(entry.properties).kept;
  await db().dataset.create({
    data: {
      ...{
        id,
        slug,
        projectId: platform.actor.projectId,
        title: slug,
        version: '1',
        description: '',
        licence: '',
        citation: '',
      },
      ...{
        properties: asJson(definitions.list),
        source: {},
        state: 'ready',
        report: asJson(emptyReport),
        entryCount: entries.length,
      },
    },
  });
  await writeEntries(db(), id, 1, entries);
  await writeReferences(
    db(),
    id,
    read.flatMap((line) => (line.is === 'reference' ? [line] : [])),
  );
}

/** What the tests look at of an answer. */
interface Body {
  data: Entry & Entry[];
  included: Entry[];
  errors: { title: string; detail: string }[];
  links: { next: string | null };
  meta: { data_returned: number; more_data_available: boolean; warnings?: { title: string }[] };
}
interface Entry {
  id: string;
  attributes: Record<string, unknown>;
  relationships: { references: { data: unknown[] } };
}

async function ask(path: string, isMember = true): Promise<OptimadeAnswer & { json: Body }> {
  const url = new URL(path, 'http://localhost:3000/');
  const answer = await answerOptimade({
    site: { root: 'http://localhost:3000/optimade', softwareVersion: '0' },
    path: url.pathname.split('/').filter(Boolean).map(decodeURIComponent),
    query: url.searchParams,
    datasets: await servedDatasets(isMember ? platform.actor : null),
  });
  return { ...answer, json: answer.contentType.includes('json') ? JSON.parse(answer.body) : null };
}

interface Vector {
  request: string;
  expected_ids?: string[];
  expected_return?: number | null;
  expected_status?: number;
  expected_warnings?: { title: string }[] | null;
  page_limit: number | null;
}

/** Answered here, where the Python tools answer 501: what the specification leaves to choice is served. */
const servedHere = new Set(['/structures?filter=dimension_types HAS ANY > 1']);
/** Ours keeps fractions of seconds, which OPTIMADE allows and the tools warn of. */
const warningsOfOthers = new Set(['TimestampNotRFCCompliant']);

describe.skipIf(!hasVectors)('the published vectors', () => {
  beforeAll(async () => {
    const references = vectors<Record<string, unknown>>('test_references').map(({ id, ...attributes }) => ({
      type: 'references',
      id,
      attributes,
    }));
    await makeDataset('vectors', [...vectors<unknown>('structures'), ...references]);
  });

  test('of filters find the same entries', async () => {
    const wrong: unknown[] = [];
    for (const vector of vectors<Vector>('structures_filter_expected')) {
      const { status, json } = await ask(`/vectors/v1${vector.request}`);
      if (servedHere.has(vector.request)) expect(status).toBe(200);
      else if (vector.expected_status !== undefined) {
        if (status !== vector.expected_status) wrong.push({ ...vector, status, json });
      } else {
        const ids = (json.data ?? []).map(({ id }) => id);
        const expected = vector.expected_ids!;
        const isSame = ids.length === expected.length && expected.every((id) => ids.includes(id));
        if (status !== 200 || !isSame) wrong.push({ request: vector.request, expected, ids, errors: json.errors });
        const returned = vector.expected_return ?? null;
        if (returned !== null && json.meta.data_returned !== returned)
          wrong.push({ request: vector.request, returned: json.meta.data_returned });
        const titles = (vector.expected_warnings ?? [])
          .map(({ title }) => title)
          .filter((title) => !warningsOfOthers.has(title));
        if (titles.some((title) => !json.meta.warnings?.some((warning) => warning.title === title)))
          wrong.push({ request: vector.request, warnings: json.meta.warnings });
      }
    }
    expect(wrong).toEqual([]);
  });

  test('of orders give the same first entries', async () => {
    for (const { request, expected_ids, expected_status } of vectors<Vector>('structures_sort_expected')) {
      const { status, json } = await ask(`/vectors/v1${request}`);
      expect(status).toBe(expected_status ?? 200);
      if (expected_ids) expect(json.data.map(({ id }) => id)).toEqual(expected_ids);
    }
  });

  test('their references are included, and found by their id', async () => {
    const { json } = await ask('/vectors/v1/structures/mpf_1');
    expect(json.data.relationships.references.data).toEqual([{ type: 'references', id: 'dijkstra1968' }]);
    expect(json.included.map(({ id }) => id)).toEqual(['dijkstra1968']);
    expect((await ask('/vectors/v1/references/dummy/2019')).json.data.attributes.title).toMatch(/orphaned/);
  });
});
