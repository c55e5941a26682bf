// How long the steps of the provenance graph take in a project of so many nodes, against 200 ms on the server.
// usage: brine bench provenance [NODES]   (1,000,000 by default; prints, never fails on a time)
import { createCaller } from '@/server/routers';
import { makeActor, query, startTestPlatform } from '../server/platform';
import { runBench } from './support/run-bench';

const REPEATS = 5;
const TARGET_MS = 200;
/** Nodes of one calculation: three processes, and settings, energy, density, bands; a structure is shared by a hundred. */
const NODES_EACH = 7.01;
const count = Math.ceil(Number(process.argv[2] ?? 1_000_000) / NODES_EACH);

async function tell(what: string, act: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const started = performance.now();
    await act();
    times.push(performance.now() - started);
  }
  const [first, median] = [times[0]!, times.sort((a, b) => a - b)[REPEATS >> 1]!];
  const ratio = (median / TARGET_MS).toFixed(2);
  console.log(
    `${what.padEnd(52)} ${median.toFixed(1).padStart(7)} ms (first ${first.toFixed(1)})  ${ratio} of ${TARGET_MS} ms`,
  );
}

const platform = await startTestPlatform();
await runBench(
  async () => {
    await generate();
    await measure();
  },
  () => platform.stop(),
);

/** Ids are made from counters, so that links need no look-up. */
async function generate(): Promise<void> {
  const { projectId, userId } = platform.actor;
  const started = performance.now();
  const run = (sql: string, values: unknown[] = [projectId]) => query(platform.databaseUrl, sql, values);
  const functions = `CREATE FUNCTION bench_id(part int, i bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT (lpad(to_hex(part), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid $$`;
  await run(functions, []);
  const rows = `generate_series(0, ${count - 1}) AS i`;
  const at = `timestamptz '2026-01-01' + i * interval '1 minute'`;
  await run(`INSERT INTO "Structure" ("id", "projectId", "hash", "name", "formula", "elements", "siteCount", "data", "summary", "sourceKind")
    SELECT bench_id(1, i), $1, 's1:' || i, 'crystal ' || i, 'Si' || i, ARRAY['Si'], 1, '{}', '{"issues":[]}', 'text'
    FROM generate_series(0, ${Math.floor((count - 1) / 100)}) AS i`);
  await run(
    `INSERT INTO "Calculation" ("id", "projectId", "userId", "kind", "schemaVersion", "label", "formula", "structureId", "properties", "protocol", "functional", "inputs", "createdAt")
    SELECT bench_id(2, i), $1, $2, 'structure-wizard', 1, 'Bands of crystal ' || i, 'Si', bench_id(1, i / 100), ARRAY['bands'], 'fast', 'pbe', '{}', ${at} FROM ${rows}`,
    [projectId, userId],
  );
  for (const [part, kind, name, parent] of [
    [2, 'workflow', 'calculation', 'NULL'],
    [3, 'job', 'scf', 'bench_id(2, i)'],
    [4, 'job', 'bands', 'bench_id(2, i)'],
  ] as const)
    await run(`INSERT INTO "Process" ("id", "projectId", "calculationId", "parentId", "kind", "name", "title", "state", "exitCode", "createdAt")
      SELECT bench_id(${part}, i), $1, bench_id(2, i), ${parent}, '${kind}', '${name}', '${name} ' || i,
        CASE WHEN i % 50 = 0 THEN 'failed' ELSE 'finished' END::"ProcessState", 0, ${at} FROM ${rows}`);
  const values = {
    5: ['settings', `jsonb_build_object('protocol', 'fast', 'cutoffHartree', i % 40)`],
    6: ['scf-result', `jsonb_build_object('energyEv', -i::float8 / 100, 'converged', i % 7 > 0)`],
    7: ['density', 'NULL'],
    8: ['bands-result', `jsonb_build_object('gap', jsonb_build_object('gapEv', (i * 7919 % 100003)::float8 / 10000))`],
  };
  for (const [part, [kind, value]] of Object.entries(values))
    await run(`INSERT INTO "DataNode" ("id", "projectId", "kind", "schemaVersion", "value", "createdAt")
      SELECT bench_id(${part}, i), $1, '${kind}', 1, ${value}, ${at} FROM ${rows}`);
  await run(`INSERT INTO "DataNode" ("id", "projectId", "kind", "schemaVersion", "structureId", "createdAt")
    SELECT bench_id(9, i), $1, 'structure', 1, bench_id(1, i), ${at} FROM generate_series(0, ${Math.floor((count - 1) / 100)}) AS i`);
  const link = (part: number, kind: string, name: string, process: number, column: string, other: string) =>
    run(
      `INSERT INTO "Link" ("id", "kind", "name", "processId", "${column}")
      SELECT bench_id(${part}, i), '${kind}', '${name}', bench_id(${process}, i), ${other} FROM ${rows}`,
      [],
    );
  await link(20, 'input', 'structure', 2, 'dataNodeId', 'bench_id(9, i / 100)');
  await link(21, 'input', 'settings', 2, 'dataNodeId', 'bench_id(5, i)');
  await link(22, 'call', 'scf', 2, 'calledId', 'bench_id(3, i)');
  await link(23, 'call', 'bands', 2, 'calledId', 'bench_id(4, i)');
  await link(24, 'create', 'result', 3, 'dataNodeId', 'bench_id(6, i)');
  await link(25, 'create', 'density', 3, 'dataNodeId', 'bench_id(7, i)');
  await link(26, 'input', 'density', 4, 'dataNodeId', 'bench_id(7, i)');
  await link(27, 'create', 'result', 4, 'dataNodeId', 'bench_id(8, i)');
  // A value that every calculation took: the hardest step there is.
  await link(28, 'input', 'hub', 4, 'dataNodeId', 'bench_id(5, 0)');
  // As the database does of itself in a minute.
  await run('VACUUM ANALYZE', []);
  const [{ nodes }] = await run(
    'SELECT (SELECT count(*) FROM "DataNode") + (SELECT count(*) FROM "Process") AS nodes',
    [],
  );
  const [{ size }] = await run('SELECT pg_size_pretty(pg_database_size(current_database())) AS size', []);
  console.log(`${nodes} nodes, ${size}, made in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

async function measure(): Promise<void> {
  const { provenance, calculations } = createCaller({ actor: platform.actor });
  const id = (part: number, i: number) =>
    `${part.toString(16).padStart(8, '0')}-0000-7000-8000-${i.toString(16).padStart(12, '0')}`;
  const middle = Math.floor(count / 2);
  await tell('a node', () => provenance.get({ id: id(8, middle) }));
  await tell('a step to where a result comes from', () =>
    provenance.neighbours({ id: id(8, middle), direction: 'in' }),
  );
  await tell('a step from a process', () => provenance.neighbours({ id: id(2, middle), direction: 'out' }));
  const hub = { id: id(5, 0), direction: 'out' } as const;
  await tell(`200 of the ${count} users of one value`, () => provenance.neighbours({ ...hub, limit: 200 }));
  await tell('the same, from the middle on', () =>
    provenance.neighbours({ ...hub, limit: 200, cursor: id(28, middle) }),
  );
  await tell('all ancestors of a result', () => provenance.walk({ id: id(8, middle), direction: 'in' }));
  await tell('1,000 descendants of a structure', () =>
    provenance.walk({ id: id(9, 1), direction: 'out', limit: 1000 }),
  );
  await tell('10,000 descendants of the value that all took', () => provenance.walk({ ...hub, limit: 10_000 }));
  const find = (what: string, text: string) => tell(what, () => provenance.query({ text }));
  await find('the newest of all nodes', '');
  await find('a kind', 'kind:bands-result');
  await find('a state', 'state:failed');
  await find('a range that a tenth meets', 'gap.gapEv>=1 gap.gapEv<2');
  await find('a range that a few meet', 'gap.gapEv>10.0002');
  await find('a range that none meets, of a kind', 'kind:bands-result gap.gapEv>11');
  await find('two ranges and a day', 'kind:scf-result energyEv<-100 converged=false created<2026-02-01');
  await find('words in labels', `crystal ${middle}`);
  await find('a structure by name', `kind:structure "crystal 7"`);
  await find('bands among the ancestors of a result', `kind:scf ancestor-of:${id(8, middle)}`);
  await find('bands of one structure', `kind:bands-result descendant-of:${id(9, 1)}`);
  await find('one or the other, not a third', '(gap.gapEv>10.0002 or kind:structure) not type:process');
  await find('not a range', 'kind:bands-result not gap.gapEv>1');
  await find('neither of two', 'type:data not (has:gap.gapEv or kind:density)');
  await find('one of two ranges', 'gap.gapEv<0.5 or gap.gapEv>9.5');
  await find('a range or a state', 'gap.gapEv<0.5 or state:failed');
  await find('a word or a number', 'converged=false or cutoffHartree.value=7 or gap.gapEv=3');
  await find('failed jobs of a month', 'kind:scf state:failed created>=2026-02-01 created<2026-03-01');
  await find('the oldest of a kind, which is missing', 'kind:nothing created<2026-01-02');
  await find('a state that none has', 'state:running');
  await find('a formula', 'formula:Si77');
  await find('results of a formula in a range', 'kind:structure formula:Si77 or formula:Si78');
  await find('a tag that none has', 'tag:none not kind:scf');
  await find('descendants of the value that all took, in a range', `descendant-of:${id(5, 0)} gap.gapEv>9.9`);
  await find('two rare ranges of other values', 'energyEv<-1426 converged=true');
  await find('two common ranges that exclude each other', 'gap.gapEv>5 gap.gapEv<4.9');
  await find('two common values of other kinds', 'converged=true has:gap.gapEv');
  await find('a common value, not another', 'converged=true not energyEv<0');
  await find('a common value, not a rare one', 'has:energyEv not converged=false');
  await find('common, but not of this kind', 'kind:settings gap.gapEv>1');
  await tell('what would go with a result', () => provenance.planDeletion({ id: id(8, middle) }));
  await tell('with it and what nothing else uses', () =>
    provenance.planDeletion({ id: id(8, middle), withAncestors: true }),
  );
  await tell('with a structure of a hundred calculations', () => provenance.planDeletion({ id: id(9, 1) }));
  await tell('refusing to delete what all took', () => provenance.planDeletion({ id: id(5, 0) }).catch(() => null));
  let next = 101;
  await tell('deleting a calculation', async () => {
    const one = { id: id(2, next++) };
    const { fingerprint } = await provenance.planDeletion(one);
    await provenance.delete({ ...one, fingerprint });
  });
  const list = (what: string, filter: Parameters<typeof calculations.list>[0]) =>
    tell(`history: ${what}`, () => calculations.list({ limit: 50, ...filter }));
  await list('all', {});
  await list('a formula', { formula: 'Si' });
  await list('a formula that none has', { formula: 'Ge' });
  await list('a part of a label', { text: `crystal ${middle}` });
  await list('failed', { states: ['failed'] });
  await list('running, which none is', { states: ['running'] });
  await list('elements', { elements: ['Si'] });
  await list('elements that none has', { elements: ['Ge', 'O'] });
  await list('a property', { property: 'bands' });
  await list('a property that none has', { property: 'elastic' });
  for (let i = 0; i < 100; i++) await provenance.tag({ id: id(2, 100 * i + 200), tag: 'figure' });
  await list('a tag', { tag: 'figure' });
  await list('a tag, elements, a property and a month', {
    ...{ tag: 'figure', elements: ['Si'], property: 'bands' },
    ...{ createdFrom: new Date('2026-01-01'), createdTo: new Date('2026-02-01') },
  });
  const stranger = createCaller({ actor: await makeActor('Eve') });
  await tell('refusing a stranger', () => stranger.provenance.get({ id: id(8, middle) }).catch(() => null));
}
