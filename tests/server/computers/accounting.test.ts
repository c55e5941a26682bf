import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RemoteDriver } from '@/server/computers/remote/driver';
import { LocalShell } from '@/server/computers/shell/local-shell';
import { hasAccounting } from './accounting';
import { hasSlurm, startSlurm, type TestSlurm, until } from './cluster';
import { newRun, scratch, settingsWith, shellJob, untilKind, untilOver } from './runs';

/** In seconds: the controller looks now and then what it may forget. */
const MEMORY = 2;

describe.skipIf(!hasSlurm || !hasAccounting)('Slurm with accounting (packages slurmdbd and mariadb-server)', () => {
  let slurm: TestSlurm;
  const base = scratch();
  const driver = new RemoteDriver(new LocalShell(), {
    name: 'cluster',
    settings: settingsWith({
      transport: { kind: 'local' },
      scheduler: { kind: 'slurm', partition: 'main' },
      workFolder: join(base, 'work'),
    }),
  });
  beforeAll(async () => {
    slurm = await startSlurm({ isAccounted: true, memorySeconds: MEMORY });
    process.env.SLURM_CONF = slurm.conf;
  });
  afterAll(() => slurm?.stop());

  test('a job that the controller has forgotten is told by accounting: cancelled, lost with its node, finished', async () => {
    const [cancelled, killed, finished] = [newRun(base), newRun(base), newRun(base)];
    await driver.start(cancelled, shellJob('sleep 300'));
    await driver.start(killed, shellJob('sleep 300'));
    await driver.start(finished, shellJob('true'));
    await Promise.all([cancelled, killed].map((run) => untilKind(driver, run, 'running')));
    const jobOf = (id: string) => slurm.command('squeue', '-h', '-n', `brine-${id}-1`, '-o', '%i');
    const [cancelledJob, killedJob] = [jobOf(cancelled.id), jobOf(killed.id)];
    // Not with the node that shall die: it may have got the one that shall finish.
    await until(() => jobOf(finished.id) === '', 'the short job ends');
    slurm.command('scancel', cancelledJob);
    // A node that dies with the job: Slurm says NODE_FAIL.
    const node = slurm.command('squeue', '-h', '-j', killedJob, '-o', '%N');
    slurm.command('scontrol', 'update', `jobid=${killedJob}`, 'requeue=0');
    slurm.crashNode(node);
    slurm.command('scontrol', 'update', `nodename=${node}`, 'state=down', 'reason=test');
    // Nobody looks, until the controller knows nothing of any of them.
    const isForgotten = (job: string) => {
      try {
        execFileSync('scontrol', ['show', 'job', job], {
          env: { ...process.env, SLURM_CONF: slurm.conf },
          stdio: 'pipe',
        });
        return false;
      } catch (err) {
        return /Invalid job id/.test(String((err as { stderr: Buffer }).stderr));
      }
    };
    await until(() => isForgotten(cancelledJob) && isForgotten(killedJob), 'the controller forgets', 200_000);
    expect(slurm.command('sacct', '-n', '-P', '-X', '-j', cancelledJob, '-o', 'State')).toMatch(/^CANCELLED/);
    expect(await untilOver(driver, cancelled)).toMatchObject({ kind: 'lost', failure: { code: 'cancelled-outside' } });
    expect(await untilOver(driver, killed)).toMatchObject({
      kind: 'lost',
      failure: { code: 'node-failure' },
      isWorthAnotherTry: true,
    });
    expect(await untilOver(driver, finished)).toEqual({ kind: 'ended', exitCode: 0 });
  });
});
