import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import { parseQueryText } from '@/server/schemas/node-query-text';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { type MadeCalculation, makeCalculation } from './graphs';

let platform: TestPlatform;
let caller: ReturnType<typeof createCaller>;
let silicon: MadeCalculation;
let germanium: MadeCalculation;
beforeAll(async () => {
  platform = await startTestPlatform();
  caller = createCaller({ actor: platform.actor });
  silicon = await makeCalculation(platform.actor, { label: 'Bands of silicon', gapEv: 0.55 });
  germanium = await makeCalculation(platform.actor, { label: 'Bands of germanium', gapEv: 0.1, isStill: false });
});
afterAll(() => platform?.stop());

const find = async (text: string) =>
  (await caller.provenance.query({ text, limit: 200 })).items.map(({ id }) => id).sort();
const ids = (...wanted: string[]) => wanted.sort();

describe('a query finds', () => {
  test('kinds of values and processes', async () => {
    expect(await find('kind:bands-result')).toEqual(ids(silicon.bandsResult, germanium.bandsResult));
    expect(await find('kind:scf')).toEqual(ids(silicon.scf, germanium.scf));
    expect(await find('kind:workflow state:running')).toEqual(ids(germanium.id));
    expect(await find('type:data kind:settings')).toEqual(ids(silicon.settings, germanium.settings));
  });

  test('ranges, words and truths within values, at any depth', async () => {
    expect(await find('kind:bands-result gap.gapEv>0.2')).toEqual(ids(silicon.bandsResult));
    expect(await find('gap.gapEv>=0.1 gap.gapEv<0.55')).toEqual(ids(germanium.bandsResult, germanium.scfResult));
    expect(await find('energyEv<-200 gap.kind=indirect gap.gapEv!=0.1')).toEqual(ids(silicon.scfResult));
    expect(await find('converged=true gap.gapEv=0.55')).toEqual(ids(silicon.scfResult));
    expect(await find('has:path')).toEqual(ids(silicon.bandsResult, germanium.bandsResult));
    expect(await find('cutoffHartree.value=6')).toHaveLength(2);
    expect(await find('protocol="6"')).toEqual([]);
  });

  test('ancestors and descendants, alone and with other conditions', async () => {
    const { scf, bands, density, id, structure, settings, scfResult, bandsResult } = silicon;
    expect(await find(`ancestor-of:${bandsResult}`)).toEqual(ids(bands, density, id, scf, structure, settings));
    expect(await find(`descendant-of:${settings} type:data`)).toEqual(ids(scfResult, density, bandsResult));
    expect(await find(`kind:structure ancestor-of:${bandsResult}`)).toEqual(ids(structure));
    expect(await find(`type:data not descendant-of:${settings} not descendant-of:${germanium.settings}`)).toEqual(
      ids(structure, settings, germanium.structure, germanium.settings),
    );
  });

  test('tags, groups and words that people wrote', async () => {
    await caller.provenance.tag({ id: silicon.bandsResult, tag: 'figure 2' });
    await caller.provenance.comment({ id: germanium.bands, body: 'Spin-orbit coupling is missing here.' });
    const group = await caller.groups.create({ name: 'paper' });
    await caller.groups.add({ groupId: group.id, nodeIds: [silicon.scf, germanium.density] });
    expect(await find('tag:"figure 2"')).toEqual(ids(silicon.bandsResult));
    expect(await find('group:paper')).toEqual(ids(silicon.scf, germanium.density));
    expect(await find('coupling')).toEqual(ids(germanium.bands));
    expect(await find('"coupling spin-orbit"')).toEqual(ids(germanium.bands));
    expect(await find('germanium')).toEqual(ids(germanium.id));
    expect(await find('crystal')).toEqual(ids(silicon.structure, germanium.structure));
  });

  test('either, neither, and what stands in brackets', async () => {
    expect(await find('(tag:"figure 2" or group:paper) type:data')).toEqual(
      ids(silicon.bandsResult, germanium.density),
    );
    expect(await find('(gap.gapEv>0.2 or kind:bands-result or has:path) kind:bands-result')).toEqual(
      ids(silicon.bandsResult, germanium.bandsResult),
    );
    expect(await find('kind:bands-result not (gap.gapEv>0.2 or tag:none)')).toEqual(ids(germanium.bandsResult));
    expect(await find('kind:bands-result and not gap.gapEv<0.2')).toEqual(ids(silicon.bandsResult));
  });

  test('days and moments', async () => {
    const today = new Date().toISOString().slice(0, 10);
    expect(await find(`kind:settings created>=${today} created<=${today}`)).toHaveLength(2);
    expect(await find(`kind:settings created>${today}`)).toEqual([]);
    expect(await find(`kind:settings created<2026-01-01T00:00:00+01:00`)).toEqual([]);
  });
});

test('pages follow each other without a gap or a repetition, values and processes together', async () => {
  const all = (await caller.provenance.query({ limit: 200 })).items.map(({ id }) => id);
  const seen: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof caller.provenance.query>> = await caller.provenance.query({
      limit: 3,
      cursor,
    });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  expect(all.length).toBe(16);
  expect(seen).toEqual(all);
});

test('the same filter as JSON, and what is no filter is refused', async () => {
  const { items } = await caller.provenance.query({
    filter: {
      is: 'all',
      of: [
        { is: 'kind', kind: 'bands-result' },
        { is: 'not', of: [{ is: 'property', path: 'gap.gapEv', comparison: '<', value: 0.2 }] },
      ],
    },
  });
  expect(items.map(({ id }) => id)).toEqual([silicon.bandsResult]);
  let deep: unknown = { is: 'kind', kind: 'x' };
  for (let i = 0; i < 10; i++) deep = { is: 'not', of: [deep] };
  for (const filter of [deep, { is: 'sql', text: 'TRUE' }, { is: 'all' }])
    await expect(caller.provenance.query({ filter: filter as never })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('faults in the text are sentences', async () => {
  for (const [text, sentence] of [
    ['(kind:scf', /not closed/],
    ['kind:scf)', /not opened/],
    ['"open', /quotation/],
    ['kind:', /value is missing/],
    ['or', /missing/],
    ['not', /missing/],
    ['state:odd', /state/],
    ['ancestor-of:me', /of/],
    ['colour:red', /no condition colour/],
    ['created>=yesterday', /at/],
    [`${'('.repeat(500)}kind:a`, /brackets/],
    ['not '.repeat(300), /conditions|missing/],
  ] as const)
    await expect(caller.provenance.query({ text })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(sentence),
    });
});

test('hostile text is a value like any other, everywhere', async () => {
  const before = await db().dataNode.count();
  for (const hostile of [
    `'; DROP TABLE "DataNode"; --`,
    `") OR TRUE --`,
    `x' OR 'a'='a`,
    '$1',
    '\\',
    `''`,
    '%',
    ':* & | !',
    '<->',
    'a\u0000b',
  ]) {
    const value = hostile.replace('\u0000', '');
    for (const filter of [
      { is: 'kind', kind: value },
      { is: 'property', path: 'gap.kind', comparison: '=', value },
      { is: 'tag', tag: value },
      { is: 'group', group: value },
      { is: 'formula', formula: value },
      { is: 'words', text: value },
    ] as const)
      expect((await caller.provenance.query({ filter })).items, JSON.stringify(filter)).toEqual([]);
    const quoted = `"${hostile.replace(/[\\"]/g, '\\$&')}"`;
    for (const name of ['kind:', 'tag:', 'group:', 'formula:', 'gap.kind=', ''])
      expect((await caller.provenance.query({ text: `${name}${quoted}` })).items, name + hostile).toEqual([]);
    await expect(caller.provenance.query({ filter: { is: 'has', path: hostile } })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  }
  expect(await db().dataNode.count()).toBe(before);
});

test('another project’s nodes are not found by any way', async () => {
  const stranger = createCaller({ actor: await makeActor('Eve') });
  for (const text of [
    '',
    'kind:bands-result',
    `ancestor-of:${silicon.bandsResult}`,
    `descendant-of:${silicon.settings}`,
    'silicon',
    'tag:"figure 2"',
    'gap.gapEv>0',
  ])
    expect((await stranger.provenance.query({ text })).items).toEqual([]);
});

test('conditions that each many values meet and together few, at a size at which they are looked up together', async () => {
  const { projectId } = platform.actor;
  const count = 10_500;
  await db().$executeRaw`INSERT INTO "DataNode" ("id", "projectId", "kind", "schemaVersion", "value")
    SELECT gen_random_uuid(), ${projectId}::uuid, 'many', 1,
      CASE WHEN i % 2 = 0 THEN jsonb_build_object('even', true, 'i', i) ELSE jsonb_build_object('odd', true, 'i', i) END
      || CASE WHEN i % 7000 = 0 THEN jsonb_build_object('odd', true) ELSE '{}' END
    FROM generate_series(1, ${2 * count}) AS i`;
  const numbers = async (text: string) => {
    const { items } = await caller.provenance.query({ text, limit: 200 });
    const rows = await db().dataNode.findMany({ where: { id: { in: items.map(({ id }) => id) } } });
    return rows.map((row) => (row.value as { i: number }).i).sort((a, b) => a - b);
  };
  expect(await numbers('even=true odd=true')).toEqual([7_000, 14_000, 21_000]);
  expect(await numbers('has:even has:odd i<20000')).toEqual([7_000, 14_000]);
  expect(await numbers('even=true not has:even')).toEqual([]);
  expect(await numbers('even=true has:i not i>4')).toEqual([2, 4]);
  expect(await numbers('(has:even or has:i) not i>3')).toEqual([1, 2, 3]);
  expect(await numbers('even=true has:i')).toHaveLength(200);
  await db().dataNode.deleteMany({ where: { projectId, kind: 'many' } });
});

test('values of odd shapes are stored and found as far as they can be', async () => {
  const { projectId } = platform.actor;
  const long = 'k'.repeat(5_000);
  const value = {
    [long]: 1,
    list: [1, 2],
    'a.b': 1,
    a: { b: 2 },
    tiny: 5e-324,
    huge: 1.7e308,
    text: 'x'.repeat(9_000),
    deep: { a: { b: { c: { d: 1 } } } },
  };
  const { id } = await db().dataNode.create({ data: { projectId, kind: 'odd', schemaVersion: 1, value } });
  expect(await find('huge>1e308')).toEqual([id]);
  expect(await find('deep.a.b.c.d=1')).toEqual([]);
  for (const shape of [[1, 2], 'text', 3])
    await db().dataNode.create({ data: { projectId, kind: 'odd', schemaVersion: 1, value: shape } });
  expect(await find('kind:odd')).toHaveLength(4);
});

test('the text form reads as it is written', () => {
  expect(parseQueryText('a or b c')).toEqual({
    is: 'any',
    of: [
      { is: 'words', text: 'a' },
      { is: 'words', text: 'b c' },
    ],
  });
  expect(parseQueryText('')).toEqual({ is: 'all', of: [] });
  expect(parseQueryText('tag:"a \\" b"')).toEqual({ is: 'tag', tag: 'a " b' });
});
