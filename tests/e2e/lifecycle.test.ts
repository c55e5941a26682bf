import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isFullRun } from '../full-run';
import { connect, untilEnded } from './client';
import { siliconCalculation } from './crystals';
import {
  brine,
  type CommandResult,
  freePort,
  killAll,
  makeDataFolder,
  type Platform,
  processesOf,
  removeDataFolder,
  startPlatform,
  until,
} from './platform';

/** No example by itself, so that the jobs seen are those of the test; leases run out soon. */
const quiet = { BRINE_SEED: '0', BRINE_LEASE_SECONDS: '3' };
/** Left to the full run. */
const full = test.skipIf(!isFullRun);
let dataFolder: string;
beforeEach(() => {
  dataFolder = makeDataFolder();
});
afterEach(() => removeDataFolder(dataFolder));

const start = (port?: number) =>
  startPlatform({ dataFolder, environment: quiet, ...(port === undefined ? {} : { port }) });

const health = async (origin: string) =>
  (await fetch(`${origin}/api/health`)).json() as Promise<Record<string, string>>;

test('it starts, says its health, and Ctrl-C leaves no process behind', { timeout: 300_000 }, async () => {
  const platform = await start();
  expect(await health(platform.origin)).toEqual({
    status: 'ok',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    database: 'ok',
    worker: 'ok',
  });
  expect(platform.stdout().trim().split('\n')).toHaveLength(1);
  const commands = processesOf(dataFolder).map(({ command }) => command);
  for (const part of ['postgres', 'next', 'worker.mjs']) expect(commands.some((c) => c.includes(part))).toBe(true);
  expect(await platform.end('SIGINT')).toBe(0);
  expect(processesOf(dataFolder)).toEqual([]);
});

test('once the address is printed, the first calculation can be submitted at once', async () => {
  const { id } = await connect(await start()).calculations.run.mutate(siliconCalculation() as never);
  expect(id).toBeTruthy();
});

test('a second start in the same folder says so, gives the address and ends', async () => {
  const platform = await start();
  const second = await brine(['start'], { dataFolder, environment: { PORT: String(await freePort()) } });
  expect(second).toMatchObject({ status: 0, stderr: expect.stringContaining('already runs') });
  expect(second.stdout).toContain(platform.address);
  expect((await health(platform.origin)).database).toBe('ok');
});

full('of three starts at the same instant one serves; the others say so and end', async () => {
  const ended: CommandResult[] = [];
  const runs = [1, 2, 3].map(async () => {
    const port = String(await freePort());
    ended.push(await brine(['start'], { dataFolder, environment: { ...quiet, PORT: port } }));
  });
  await until(() => ended.length === 2 || undefined, 240_000, 'two of three starts did not end');
  for (const other of ended)
    expect(other).toMatchObject({ status: 0, stderr: expect.stringContaining('already runs') });
  const untilServed = () => brine(['list'], { dataFolder }).then(({ status }) => status === 0 || undefined);
  await until(untilServed, 60_000, 'the third does not serve', 500);
  expect((await brine(['stop'], { dataFolder })).status).toBe(0);
  await Promise.all(runs);
  expect(ended[2]).toMatchObject({ status: 0, stdout: expect.stringContaining('/open?key=') });
  expect(processesOf(dataFolder)).toEqual([]);
});

full('a busy port moves to the next and says so', async () => {
  const port = await freePort();
  const neighbour = await listen(port);
  try {
    const platform = await start(port);
    const used = Number(new URL(platform.origin).port);
    expect(used).toBeGreaterThan(port);
    expect(platform.stderr()).toContain(`Port ${port} is busy: using ${used}.`);
    expect((await health(platform.origin)).version).toBeTruthy();
  } finally {
    neighbour.close();
  }
});

test('a HOST beyond loopback is refused', async () => {
  for (const host of ['0.0.0.0', '::', '192.168.0.1']) {
    const refused = await brine(['start'], { dataFolder, environment: { ...quiet, HOST: host } });
    expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('loopback') });
  }
  expect(processesOf(dataFolder)).toEqual([]);
});

test('after a restart calculations, drafts and the key are still there', { timeout: 120_000 }, async () => {
  const first = await start();
  const id = await submit(siliconCalculation());
  expect((await untilEnded(connect(first), id)).state).toBe('finished');
  const { id: draftId } = await connect(first).drafts.create.mutate({ data: { label: 'half done' } });
  const before = await readAll(first, { id, draftId });
  expect(await first.end('SIGINT')).toBe(0);
  const second = await start();
  expect(second.key).toBe(first.key);
  expect(await readAll(second, { id, draftId })).toEqual(before);
  console.info(`first start ${first.startMs} ms, later start ${second.startMs} ms`);
});

test('Ctrl-C in mid-calculation: it goes on from its checkpoint at the next start', { timeout: 180_000 }, async () => {
  const first = await start();
  const id = await submit(longCalculation);
  const job = await untilIteration(2);
  expect(await first.end('SIGINT')).toBe(0);
  expect(processesOf(dataFolder)).toEqual([]);
  const second = await start();
  expect((await untilEnded(connect(second), id)).state).toBe('finished');
  expect(attemptsOf(job)).toEqual(['1', '2']);
  const [atFirst, atSecond] = ['progress-1.jsonl', 'progress.jsonl'].map((name) => stepsOf(job, name)[0]!);
  expect(atSecond!.residual).toBeLessThan(atFirst!.residual / 5);
});

test('a worker killed in mid-calculation is replaced, and the job runs once', { timeout: 180_000 }, async () => {
  const platform = await start();
  const id = await submit(longCalculation);
  const job = await untilIteration(2);
  const worker = processesOf(dataFolder).find(({ command }) => command.includes('dist/worker.mjs'))!;
  process.kill(worker.pid, 'SIGKILL');
  expect((await untilEnded(connect(platform), id)).state).toBe('finished');
  expect(attemptsOf(job)).toEqual(['1']);
  expect((await health(platform.origin)).worker).toBe('ok');
});

full('PostgreSQL killed in mid-calculation comes back, and the job runs once', { timeout: 180_000 }, async () => {
  const platform = await start();
  const id = await submit(longCalculation);
  const job = await untilIteration(2);
  const postgres = processesOf(dataFolder).find(({ command }) => /bin\/postgres .*-D/.test(command))!;
  process.kill(postgres.pid, 'SIGKILL');
  const isBack = async () => (await health(platform.origin)).database === 'ok' || undefined;
  await until(isBack, 30_000, 'the database did not come back');
  expect((await untilEnded(connect(platform), id)).state).toBe('finished');
  expect(attemptsOf(job)).toEqual(['1']);
  expect(await platform.end('SIGINT')).toBe(0);
  expect(processesOf(dataFolder)).toEqual([]);
});

full(
  'worker and starter killed in mid-calculation: the next start finds the job, which ran once',
  {
    timeout: 180_000,
  },
  async () => {
    const platform = await start();
    const id = await submit(longCalculation);
    const job = await untilIteration(2);
    for (const { pid, command } of processesOf(dataFolder))
      if (pid === platform.pid || /dist\/worker\.mjs|next/.test(command)) process.kill(pid, 'SIGKILL');
    const again = await start();
    expect((await untilEnded(connect(again), id)).state).toBe('finished');
    expect(attemptsOf(job)).toEqual(['1']);
    expect(await again.end('SIGINT')).toBe(0);
    expect(processesOf(dataFolder)).toEqual([]);
  },
);

full(
  'after kill -9 of everything the next start works and the calculation finishes',
  {
    timeout: 180_000,
  },
  async () => {
    await start();
    const id = await submit(longCalculation);
    await untilIteration(2);
    await killAll(dataFolder);
    const second = await start();
    expect((await untilEnded(connect(second), id)).state).toBe('finished');
  },
);

/** Some ten seconds on two cores. */
const longCalculation = siliconCalculation({ cutoffHartree: 10, mesh: [5, 5, 5], symmetry: false });

async function submit(calculation: unknown): Promise<string> {
  const file = join(dataFolder, 'calculation.json');
  writeFileSync(file, JSON.stringify(calculation));
  const { status, stdout, stderr } = await brine(['run', file, '--json', '--no-cache'], { dataFolder });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout).id;
}

/** Gives the id of the self-consistent job once it has come so far. */
const untilIteration = (count: number) =>
  until(
    () => {
      if (!existsSync(join(dataFolder, 'runs'))) return undefined;
      return readdirSync(join(dataFolder, 'runs')).find((job) => stepsOf(job).length >= count);
    },
    60_000,
    `no job came to iteration ${count}`,
    20,
  );

/** The self-consistent iterations that a job has told of. */
function stepsOf(job: string, name = 'progress.jsonl'): { iteration: number; residual: number }[] {
  const file = join(dataFolder, 'runs', job, name);
  // The last piece is empty, or a line that is not complete yet.
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'scf');
}

/** All that a person would miss after a restart. */
async function readAll(platform: Platform, { id, draftId }: { id: string; draftId: string }) {
  const client = connect(platform);
  const [detail, results, draft] = await Promise.all([
    client.calculations.get.query({ id }),
    client.calculations.results.query({ id }),
    client.drafts.get.query({ id: draftId }),
  ]);
  return { detail, results, draft };
}

const attemptsOf = (job: string) => readdirSync(join(dataFolder, 'runs', job, 'claim')).sort();

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
