// How fast a database of so many rows is searched: in the browser's engine, on the wire, and by OPTIMADE with twenty clients; against the targets.
// usage: brine bench explorer [ROWS]   (100,000 by default; prints, never fails on a time)
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { ExplorerSession } from '@/app/explore/engine/session';
import { createRandom } from '@/kernels/core/random';
import { elements } from '@/kernels/crystal/elements';
import { db } from '@/server/db/client';
import { answerOptimade } from '@/server/optimade/answer';
import { emptyQuery, type Query, type SortKey } from '@/server/schemas/explorer/query';
import { packedIndex } from '@/server/services/datasets/build-index';
import { servedDatasets } from '@/server/services/datasets/served-datasets';
import { makeDataset, rockSalt } from '../server/datasets/make-dataset';
import { startTestPlatform } from '../server/platform';
import { runBench } from './support/run-bench';

const ROWS = Number(process.argv[2] ?? 100_000);
const WIRE_ROWS = 32_000;
const REPEATS = 15;
const CLIENTS = 20;
const SECONDS = 10;

function tell(what: string, value: number, unit: string, target: number): void {
  const ratio = (value / target).toFixed(2);
  console.log(`${what.padEnd(64)} ${value.toFixed(1).padStart(8)} ${unit}  ${ratio} of ${target} ${unit}`);
}

const percentile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]!;

const platform = await startTestPlatform();
await runBench(measure, () => platform.stop());

async function measure(): Promise<void> {
  const { id: wireId } = await makeDataset(platform.actor, 'wire', entries(WIRE_ROWS));
  const wire = await packedIndex(platform.actor, { id: wireId });
  tell(`index of ${WIRE_ROWS} rows on the wire, gzip`, wire.bytes.length / 1e6, 'MB', 0.6);
  const started = performance.now();
  const { id } = await makeDataset(platform.actor, 'bench', entries(ROWS));
  await db().$executeRawUnsafe('ANALYZE "Entry"');
  console.log(`${ROWS} rows stored in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  await measureEngine(id);
  await measureOptimade();
}

/** Ternary and quaternary compounds of random elements, with a gap that a fifth of them lack. */
function entries(count: number) {
  const random = createRandom(count);
  const pick = () => elements[Math.floor(88 * random())]!.symbol;
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [pick(), pick()];
    const properties = {
      _bench_gap: random() < 0.2 ? null : 9 * random() ** 3,
      _bench_formation_energy: 2 * random() - 3,
      _bench_bulk_modulus: 20 + 300 * random(),
      _bench_refractive_index: 1 + 3 * random(),
      _bench_magnetic: random() < 0.1,
      _bench_source: random() < 0.5 ? 'experiment' : 'theory',
    };
    const entry = rockSalt(`bench-${i + 1}`, [a, b === a ? 'O' : b], 4 + 3 * random(), properties);
    const more = Math.floor(3 * random());
    for (let site = 0; site < more; site++) {
      const symbol = pick();
      const { species, species_at_sites, cartesian_site_positions } = entry.attributes;
      if (!species.some(({ name }) => name === symbol))
        species.push({ name: symbol, chemical_symbols: [symbol], concentration: [1] });
      species_at_sites.push(symbol);
      cartesian_site_positions.push([1 + site, 0.5, 0.5]);
    }
    return entry;
  });
}

async function measureEngine(id: string): Promise<void> {
  const packed = await packedIndex(platform.actor, { id });
  let started = performance.now();
  const session = new ExplorerSession(JSON.parse(gunzipSync(packed.bytes).toString('utf8')));
  tell(`index of ${ROWS} rows unpacked and read`, performance.now() - started, 'ms', 1_000);
  let asked = 0;
  const select = (query: Partial<Query>, sort: SortKey[] = []) => {
    const request = {
      is: 'select',
      id: ++asked,
      query: { ...emptyQuery, ...query },
      sort,
      histograms: ['_bench_gap', 'sites', 'volume'],
      found: null,
    } as const;
    started = performance.now();
    session.select({ ...request, histograms: [...request.histograms] });
    return performance.now() - started;
  };
  const repeat = (act: (i: number) => number) =>
    percentile(
      Array.from({ length: REPEATS }, (_, i) => act(i)),
      0.5,
    );
  select({});
  tell(
    'a click on the periodic table to counts and histograms',
    repeat((i) => select({ include: [elements[7 + i]!.symbol] })),
    'ms',
    16,
  );
  tell(
    'a step of a numeric filter',
    repeat((i) => select({ ranges: { _bench_gap: [i / 10, 5] } })),
    'ms',
    16,
  );
  tell(
    'a formula pattern in the box',
    repeat((i) => select({ text: `*${elements[20 + i]!.symbol}O` })),
    'ms',
    16,
  );
  tell('the first sort by a column', select({}, [{ by: '_bench_bulk_modulus', isDescending: true }]), 'ms', 60);
  const twice: SortKey[] = [
    { by: 'sites', isDescending: true },
    { by: '_bench_bulk_modulus', isDescending: false },
  ];
  tell(
    'a later sort by two columns',
    repeat(() => select({}, twice)),
    'ms',
    60,
  );
}

async function measureOptimade(): Promise<void> {
  const datasets = await servedDatasets(platform.actor);
  const random = createRandom(3);
  const ask = async (query: string) => {
    const started = performance.now();
    const { status } = await answerOptimade({
      site: { root: 'http://localhost/optimade', softwareVersion: '0' },
      path: ['bench', 'v1', 'structures', ...(query.startsWith('?') ? [] : [query])],
      query: new URLSearchParams(query.startsWith('?') ? query : ''),
      datasets,
    });
    if (status !== 200) throw new Error(`${query} answered ${status}`);
    return performance.now() - started;
  };
  const filter = () => {
    const [a, b] = [elements[Math.floor(40 * random())]!.symbol, elements[Math.floor(40 * random())]!.symbol];
    return `?${new URLSearchParams({ filter: `elements HAS ALL "${a}","${b}" AND _bench_gap > ${(random() * 3).toFixed(3)}` })}`;
  };
  await ask(filter());
  for (const [what, query, target] of [
    ['by id', () => `bench-${1 + Math.floor(ROWS * random())}`, 50],
    ['HAS ALL, a range and data_returned', filter, 120],
  ] as const) {
    const times: number[] = [];
    const client = async () => {
      await sleep(1000 * random());
      for (let n = 0; n < SECONDS; n++) {
        const took = await ask(query());
        times.push(took);
        await sleep(Math.max(0, 1000 - took));
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    tell(`OPTIMADE ${what}, ${CLIENTS} clients of one a second, p95`, percentile(times, 0.95), 'ms', target);
  }
}
