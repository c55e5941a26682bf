import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/server/db/client';
import { createCaller } from '@/server/routers';
import type { NewComputer } from '@/server/schemas/computers';
import { compute, startRealWorker } from '../engines/espresso/platform';
import { startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { endWorker, silicon, type TestWorker, untilState } from '../workflows/workers';
import { hasSlurm, hasSshd, startSlurm, startSshd, type TestSlurm, type TestSshd, until } from './cluster';

const file = {
  structure: silicon,
  properties: { bands: { stepPerAngstrom: 0.5 } },
  electronicType: 'insulator',
  protocol: 'fast',
  overrides: { mesh: [2, 2, 2], cutoffHartree: 8 },
};

describe.skipIf(!hasSlurm || !hasSshd)('calculations on other computers', () => {
  let platform: TestPlatform;
  let slurm: TestSlurm;
  let sshd: TestSshd;
  let worker: TestWorker;
  const work = mkdtempSync(join(tmpdir(), 'brine-cluster-'));
  /** A sbatch that can end the worker between the submission and its answer. */
  const bin = join(work, 'bin');
  const path = `${bin}:${process.env.PATH}`;
  const caller = () => createCaller({ actor: platform.actor });

  beforeAll(async () => {
    await ensurePrograms();
    [slurm, platform] = await Promise.all([startSlurm(), startTestPlatform()]);
    process.env.SLURM_CONF = slurm.conf;
    sshd = await startSshd({ SLURM_CONF: slurm.conf });
    mkdirSync(bin);
    const fake = `#!/bin/sh
answer=$(/usr/bin/sbatch "$@") || exit $?
if [ -s '${bin}/victim' ]; then
  victim=$(cat '${bin}/victim'); rm '${bin}/victim'
  kill -9 "$victim" "$PPID"
  exit 1
fi
echo "$answer"
`;
    writeFileSync(join(bin, 'sbatch'), fake, { mode: 0o755 });
    worker = await startRealWorker({ PATH: path });
  });
  afterAll(async () => {
    if (worker) await endWorker(worker, 'SIGTERM');
    sshd?.stop();
    await slurm?.stop();
    await platform?.stop();
  });

  const settings = { pollSeconds: 0.3, pollMaxSeconds: 1, patienceSeconds: 2 };
  const clusterHere: NewComputer = {
    ...{ name: 'Slurm here', cores: 4, memoryBytes: 4e9 },
    settings: {
      transport: { kind: 'local' },
      scheduler: { kind: 'slurm', partition: 'main' },
      workFolder: join(work, 'here'),
      ...settings,
    },
  };
  const clusterFar = (): NewComputer => ({
    ...{ name: 'Slurm far', cores: 4, memoryBytes: 4e9, privateKey: sshd.privateKey },
    settings: {
      transport: { kind: 'ssh', host: '127.0.0.1', port: sshd.port, user: 'root', key: { kind: 'stored' } },
      scheduler: { kind: 'slurm', partition: 'main' },
      workFolder: join(work, 'far'),
      ...settings,
    },
  });

  async function addEnabled(input: NewComputer): Promise<string> {
    const { id } = await caller().computers.add(input);
    let result = await caller().computers.test({ id });
    if (result.hostKey) {
      await expect(caller().computers.switch({ id, isEnabled: true })).rejects.toThrow(/Test this computer first/);
      const { host, fingerprint } = result.hostKey;
      result = await caller().computers.test({ id, acceptHostKeys: { [host]: fingerprint } });
    }
    expect(result.steps.map(({ name, state, message }) => [name, state, message])).toEqual(
      ['connect', 'write', 'run', 'read', 'scheduler', 'kernel'].map((name) => [name, 'passed', expect.any(String)]),
    );
    await caller().computers.switch({ id, isEnabled: true });
    return id;
  }

  const on = (computerId: string | null, change: object = {}) => ({
    ...{ ...file, ...change },
    resources: { computerId, cores: 1 },
  });
  let here: string;
  let far: string;

  test('a computer is added, tested and enabled, and its key is never told', async () => {
    [here, far] = [await addEnabled(clusterHere), await addEnabled(clusterFar())];
    const told = JSON.stringify([await caller().computers.get({ id: far }), await caller().computers.list()]);
    expect(told).not.toContain('PRIVATE KEY');
    const { secret } = await db().computer.findUniqueOrThrow({ where: { id: far } });
    expect(Buffer.from(secret!).toString('latin1')).not.toContain('PRIVATE KEY');
    const codes = await caller().codes.find({ computerId: far });
    expect(codes.map(({ program }) => program)).toContain('node');
  });

  test('the same silicon gives the same numbers here, through Slurm, and over SSH plus Slurm', async () => {
    const done = [];
    for (const computerId of [null, here, far]) done.push(await compute(platform.actor, on(computerId)));
    for (const { state, jobs } of done) {
      expect(state, JSON.stringify(jobs.map(({ failure }) => failure))).toBe('finished');
      expect(jobs.every(({ reusedFromId }) => reusedFromId === null)).toBe(true);
    }
    const [local, ...others] = done.map(({ results }) => results);
    for (const other of others) {
      expect(other.scf!.energyEv).toBe(local!.scf!.energyEv);
      expect(other.properties.bands!.energiesEv).toEqual(local!.properties.bands!.energiesEv);
    }
    // What they told on the way came too.
    const told = await db().processEvent.findMany({ where: { calculationId: done[2]!.id } });
    expect(told.some(({ data }) => JSON.stringify(data).includes('"kind":"scf"'))).toBe(true);
  });

  test('a worker killed between sbatch and its answer: still one job', async () => {
    writeFileSync(join(bin, 'victim'), String(worker.process.pid));
    const { id } = await caller().calculations.run({ ...on(here), useCache: false } as never);
    await until(() => worker.process.signalCode === 'SIGKILL', 'the worker is killed');
    worker = await startRealWorker({ PATH: path });
    expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
    const scf = await db().process.findFirstOrThrow({ where: { calculationId: id, name: 'scf' } });
    expect(scf.attempt).toBe(1);
    expect(slurm.command('squeue', '-h', '-t', 'all', '-n', `brine-${scf.id}-1`, '-o', '%i').split('\n')).toHaveLength(
      1,
    );
  });

  test('an expired key pauses the job with the reason; with a new one it goes on', async () => {
    sshd.refuseKey();
    sshd.drop();
    sshd.start();
    const { id } = await caller().calculations.run({ ...on(far), useCache: false } as never);
    const scf = () => db().process.findFirst({ where: { calculationId: id, name: 'scf' } });
    await until(async () => (await scf())?.state === 'paused', 'the job pauses');
    expect((await scf())!.failure).toMatchObject({
      code: 'login-refused',
      message: expect.stringContaining('refused the login'),
    });
    sshd.acceptKey();
    await caller().processes.goOn({ id: (await scf())!.id });
    expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
    expect((await scf())!.failure).toBeNull();
    await expect(caller().processes.goOn({ id: (await scf())!.id })).rejects.toThrow(/not paused/);
  });

  test('a job that is stopped ends in the queue of Slurm, and a computer that is switched off takes none', async () => {
    const { id } = await caller().calculations.run({
      ...on(far, { overrides: { mesh: [8, 8, 8], cutoffHartree: 40 } }),
      useCache: false,
    } as never);
    const name = async () =>
      `brine-${(await db().process.findFirst({ where: { calculationId: id, name: 'scf' } }))?.id}-1`;
    await until(async () => slurm.command('squeue', '-h', '-t', 'RUNNING', '-n', await name()) !== '', 'the job runs');
    await caller().calculations.stop({ id });
    expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('killed');
    await until(async () => slurm.command('squeue', '-h', '-n', await name()) === '', 'the job is gone');
    await caller().computers.switch({ id: far, isEnabled: false });
    await expect(caller().calculations.run(on(far) as never)).rejects.toThrow(/takes no jobs/);
    expect(readFileSync(join(platform.dataFolder, 'computers.key'))).toHaveLength(32);
  });
});
