import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RemoteDriver } from '@/server/computers/remote/driver';
import { SshShell } from '@/server/computers/ssh/ssh-shell';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { createCaller } from '@/server/routers';
import type { NewComputer } from '@/server/schemas/computers';
import { programOn } from '@/server/workflows/programs';
import { sweepRemoteRuns } from '@/server/workflows/sweep/sweep-remote-runs';
import { setWorkerState, type WorkerState } from '@/server/workflows/worker-state';
import { makeActor, startTestPlatform, type TestPlatform } from '../platform';
import { ensurePrograms } from '../programs';
import { endWorker, silicon, startWorker, type TestWorker, untilIteration, untilState } from '../workflows/workers';
import { hasSshd, startSshd, type TestSshd, until } from './cluster';
import { settingsWith } from './runs';

const DAY_MS = 86_400_000;

describe.skipIf(!hasSshd)('a computer over SSH that changes', () => {
  let platform: TestPlatform;
  let sshd: TestSshd;
  let other: TestSshd;
  let worker: TestWorker;
  let far: string;
  const work = mkdtempSync(join(tmpdir(), 'brine-change-'));
  const runs = join(work, 'far', 'runs');
  const caller = () => createCaller({ actor: platform.actor });

  beforeAll(async () => {
    await ensurePrograms();
    platform = await startTestPlatform();
    [sshd, other] = [await startSshd(), await startSshd()];
    worker = await startWorker();
  });
  afterAll(async () => {
    if (worker) await endWorker(worker, 'SIGKILL');
    sshd?.stop();
    other?.stop();
    await platform?.stop();
  });

  const computer = (change: { port?: number; workFolder?: string } = {}): NewComputer => ({
    ...{ name: 'Far', cores: 2, memoryBytes: 4e9, privateKey: sshd.privateKey },
    settings: {
      transport: {
        kind: 'ssh',
        host: '127.0.0.1',
        port: change.port ?? sshd.port,
        user: 'root',
        key: { kind: 'stored' },
      },
      scheduler: { kind: 'direct' },
      workFolder: change.workFolder ?? join(work, 'far'),
      ...{ pollSeconds: 0.3, pollMaxSeconds: 1, patienceSeconds: 2 },
    },
  });

  async function testAndEnable(): Promise<void> {
    const { hostKey } = await caller().computers.test({ id: far });
    const accepted = await caller().computers.test({
      id: far,
      acceptHostKeys: { [hostKey!.host]: hostKey!.fingerprint },
    });
    expect(accepted.isPassed).toBe(true);
    await caller().computers.switch({ id: far, isEnabled: true });
  }

  async function submit(scratch: object, overrides: object = { maxIterations: 3 }): Promise<string> {
    const { id } = await caller().calculations.run({
      ...{ structure: structuredClone(silicon) as never, properties: { bands: {} }, protocol: 'fast', useCache: false },
      ...{ overrides, resources: { computerId: far, cores: 1, scratch } },
    } as never);
    return id;
  }

  const foldersOf = async (calculationId: string) => {
    const rows = await db().process.findMany({ where: { calculationId, kind: 'job', attempt: { gt: 0 } } });
    return rows.map(({ id }) => existsSync(join(runs, id)));
  };

  test('folders of runs go as their calculations want it, and nothing else does', async () => {
    far = (await caller().computers.add(computer())).id;
    await testAndEnable();
    const ids = {
      days: await submit({ policy: 'days', days: 2 }),
      success: await submit({ policy: 'until-success' }),
      failed: await submit({ policy: 'until-success' }, { cutoffHartree: 13 }),
      kept: await submit({ policy: 'kept' }),
    };
    for (const id of Object.values(ids)) await untilState(id, ['finished', 'failed', 'killed']);
    // What is not ours: a run of another platform in the same folder, and what somebody put there.
    const foreign = join(runs, newId());
    mkdirSync(join(foreign, 'claim'), { recursive: true });
    mkdirSync(join(runs, 'notes'));
    expect(await foldersOf(ids.days)).toEqual([true, true]);

    await sweepRemoteRuns();
    expect(await foldersOf(ids.success)).toEqual([false, false]);
    for (const id of [ids.days, ids.kept]) expect(await foldersOf(id)).toEqual([true, true]);
    expect(await foldersOf(ids.failed)).toEqual([true]);
    await sweepRemoteRuns(new Date(Date.now() + 3 * DAY_MS));
    expect(await foldersOf(ids.days)).toEqual([false, false]);
    expect(await foldersOf(ids.kept)).toEqual([true, true]);
    expect(await foldersOf(ids.failed)).toEqual([true]);
    expect([existsSync(foreign), existsSync(join(runs, 'notes'))]).toEqual([true, true]);
    expect(await sweepRemoteRuns(new Date(Date.now() + 3 * DAY_MS))).toBe(0);

    // Measured at the end of each job, there too.
    await until(async () => {
      const { disk } = await caller().calculations.get({ id: ids.kept });
      return disk.remoteBytes !== null && disk.remoteBytes > 0;
    }, 'the size of what is kept there');
    expect((await caller().calculations.get({ id: ids.days })).disk.remoteBytes).toBe(0);

    // Of a calculation that is deleted they go, whatever it wanted.
    const jobs = await db().process.findMany({ where: { calculationId: ids.kept, kind: 'job' }, select: { id: true } });
    const stay = () => jobs.map(({ id }) => existsSync(join(runs, id)));
    const { fingerprint } = await caller().provenance.planDeletion({ id: ids.kept });
    await caller().provenance.delete({ id: ids.kept, fingerprint });
    expect(stay()).toEqual([true, true]);
    expect(await sweepRemoteRuns()).toBe(2);
    expect(stay()).toEqual([false, false]);
    expect(await sweepRemoteRuns()).toBe(0);
  });

  test('a computer that does not answer keeps its folders until it does', async () => {
    const id = await submit({ policy: 'until-success' });
    expect(await untilState(id, ['finished', 'failed', 'killed'])).toBe('finished');
    sshd.drop();
    expect(await sweepRemoteRuns()).toBe(0);
    sshd.start();
    await until(async () => (await sweepRemoteRuns()) === 2, 'the sweep after the link is back');
    expect(await foldersOf(id)).toEqual([false, false]);
  });

  test('only a folder with the mark of a run is removed, whatever name is given', async () => {
    const login = { target: { host: '127.0.0.1', port: sshd.port, user: 'root' }, jump: null };
    const { hostKeys } = await caller().computers.get({ id: far });
    const shell = new SshShell({ ...login, key: { kind: 'text', privateKey: sshd.privateKey }, hostKeys });
    const settings = settingsWith({
      transport: { kind: 'ssh', host: '127.0.0.1', port: sshd.port, user: 'root', key: { kind: 'stored' } },
      scheduler: { kind: 'direct' },
      workFolder: join(work, 'names'),
    });
    const driver = new RemoteDriver(shell, { name: 'names', settings });
    await driver.clean([]);
    const folder = join(work, 'names', 'runs');
    const outside = join(work, 'outside');
    for (const name of ['marked', '-rf', 'unmarked', '.hidden'].map((one) => join(folder, one)).concat(outside)) {
      mkdirSync(name, { recursive: true });
      if (!name.endsWith('unmarked')) mkdirSync(join(name, 'claim'));
      writeFileSync(join(name, 'file'), 'x'.repeat(10_000));
    }
    symlinkSync(outside, join(folder, 'link'));
    expect([...(await driver.measure(['marked', 'unmarked', 'absent', 'link'])).keys()]).toEqual(['marked']);
    const hostile = ['../outside', outside, 'link', 'unmarked', '-rf', '.hidden', '.', '..', '', '$(rm -rf .)', '*'];
    await driver.clean(hostile);
    for (const name of ['marked', 'unmarked', '-rf', '.hidden', 'link'])
      expect(existsSync(join(folder, name))).toBe(true);
    expect(existsSync(join(outside, 'file'))).toBe(true);
    await driver.clean(['marked']);
    expect(existsSync(join(folder, 'marked'))).toBe(false);
    shell.close();
  });

  test('a change of the address forgets the pinned key: it is asked for anew, and no job goes there before', async () => {
    const id = await submit({}, { maxIterations: 200 });
    await untilIteration(id, 3);
    const moved = { ...computer({ port: other.port }), id: far, privateKey: other.privateKey };
    await expect(caller().computers.update(moved)).rejects.toThrow(/runs or waits there/);
    // What says nothing of where runs lie can change meanwhile.
    const renamed = await caller().computers.update({
      ...computer(),
      id: far,
      name: 'Farther',
      cores: 3,
      privateKey: null,
    });
    expect(renamed).toMatchObject({ name: 'Farther', cores: 3, isEnabled: true, hasStoredKey: true });
    expect(Object.keys(renamed.hostKeys)).toEqual([`127.0.0.1:${sshd.port}`]);
    await caller().calculations.stop({ id });
    await untilState(id, ['killed']);

    const changed = await caller().computers.update(moved);
    expect(changed).toMatchObject({ name: 'Far', isEnabled: false, test: null, hostKeys: {} });
    await expect(submit({})).rejects.toThrow(/takes no jobs/);
    const { hostKey, isPassed } = await caller().computers.test({ id: far });
    expect([isPassed, hostKey?.host]).toEqual([false, `127.0.0.1:${other.port}`]);
    await testAndEnable();
    const after = await submit({});
    expect(await untilState(after, ['finished', 'failed', 'killed'])).toBe('finished');
    // Back at the first address its key is unknown again.
    const back = await caller().computers.update({ ...computer(), id: far });
    expect([back.hostKeys, back.test]).toEqual([{}, null]);
  });

  test('a code of another project is not used at the start of a job, and one by hand goes before one that was found', async () => {
    setWorkerState({ computerId: newId() } as WorkerState);
    const { projectId } = platform.actor;
    const eve = await makeActor('Eve');
    const code = { computerId: far, program: 'espresso', version: '7.3', build: 'x' };
    await db().computerCode.create({ data: { ...code, path: '/eve/pw.x', projectId: eve.projectId, isByHand: true } });
    await expect(programOn({ projectId, computerId: far }, 'espresso')).rejects.toThrow(/espresso is not on computer/);
    expect((await caller().computers.list()).find((one) => one.id === far)!.espresso).toBe(null);
    await db().computerCode.create({ data: { ...code, path: '/found/pw.x', version: '6.7' } });
    expect((await programOn({ projectId, computerId: far }, 'espresso')).code!.path).toBe('/found/pw.x');
    const codes = await caller().codes.add({
      ...{ computerId: far, program: 'espresso', version: '7.2', path: '/hand/pw.x' },
      ...{ modules: ['qe/7.2'], prependText: 'export QE=1' },
    });
    expect(codes.map(({ path }) => path).sort()).toEqual(['/found/pw.x', '/hand/pw.x']);
    expect(await programOn({ projectId, computerId: far }, 'espresso')).toMatchObject({
      version: '7.2',
      code: { path: '/hand/pw.x', modules: ['qe/7.2'], prependText: 'export QE=1' },
    });
    expect((await caller().computers.list()).find((one) => one.id === far)!.espresso).toBe('7.2');
    const byHand = codes.find(({ isByHand }) => isByHand)!;
    await caller().codes.remove({ computerId: far, id: byHand.id });
    expect((await programOn({ projectId, computerId: far }, 'espresso')).version).toBe('6.7');
    const eves = await db().computerCode.findFirstOrThrow({ where: { path: '/eve/pw.x' } });
    await expect(caller().codes.remove({ computerId: far, id: eves.id })).rejects.toThrow(
      /not found|not there|no longer/i,
    );
  });
});
