import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '@/server/computers/driver';
import { RemoteDriver } from '@/server/computers/remote/driver';
import { askQueue } from '@/server/computers/remote/scripts';
import { LocalShell } from '@/server/computers/shell/local-shell';
import type { ShellOptions, ShellResult } from '@/server/computers/shell/shell';
import { hasSlurm, startSlurm, type TestSlurm, until } from './cluster';
import { newRun, scratch, settingsWith, shellJob, untilKind, untilOver } from './runs';

let slurm: TestSlurm;
const base = scratch();

class CountingShell extends LocalShell {
  questions = 0;
  override run(script: string, args: readonly string[], options?: ShellOptions): Promise<ShellResult> {
    if (script === askQueue) this.questions += 1;
    return super.run(script, args, options);
  }
}

const driverWith = (change: object = {}, shell = new LocalShell()) =>
  new RemoteDriver(shell, {
    name: 'cluster',
    settings: settingsWith({
      transport: { kind: 'local' },
      scheduler: { kind: 'slurm', partition: 'main' },
      workFolder: join(base, 'work'),
      ...change,
    }),
  });
const onNode = (name: string) =>
  driverWith({ scheduler: { kind: 'slurm', partition: 'main', extraLines: [`--nodelist=${name}`] } });
const nameOf = ({ id, attempt }: Run) => `brine-${id}-${attempt}`;
const jobOf = (run: Run) => slurm.command('squeue', '-h', '-t', 'all', '-n', nameOf(run), '-o', '%i');

function succeeds(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasSlurm)('Slurm with three nodes', () => {
  const driver = driverWith();
  beforeAll(async () => {
    slurm = await startSlurm();
    process.env.SLURM_CONF = slurm.conf;
  });
  afterAll(() => slurm?.stop());

  // It waits for a minute, the shortest limit of Slurm, while the others go on.
  const long = { run: newRun(base), over: null as ReturnType<typeof untilOver> | null };

  test('a job runs on a node, tells its progress, and its files come back', async () => {
    const aside = onNode('n3');
    await aside.start(long.run, shellJob('sleep 300', { timeLimitSeconds: 60 }));
    long.over = untilOver(aside, long.run);
    const run = newRun(base);
    const script =
      'cat input.txt > output.txt; echo "{\\"kind\\":\\"phase\\"}" >> progress.jsonl; echo said; mkdir -p deep; echo x > deep/file';
    await driver.start(
      run,
      shellJob(`${script}; echo $SLURM_JOB_CPUS_PER_NODE $SLURM_JOB_PARTITION > slurm.txt`, { cores: 2 }),
    );
    expect(await untilOver(driver, run)).toEqual({ kind: 'ended', exitCode: 0 });
    expect(readFileSync(join(run.folder, 'progress.jsonl'), 'utf8')).toBe('{"kind":"phase"}\n');
    await driver.collect(run);
    expect(readFileSync(join(run.folder, 'output.txt'), 'utf8')).toBe('hello\n');
    expect(readFileSync(join(run.folder, 'deep/file'), 'utf8')).toBe('x\n');
    expect(readFileSync(join(run.folder, 'stdout'), 'utf8')).toBe('said\n');
    expect(readFileSync(join(run.folder, 'slurm.txt'), 'utf8')).toBe('2 main\n');
    await driver.clean([run.id]);
    expect(existsSync(join(base, 'work/runs', run.id))).toBe(false);
  });

  test('a program that fails keeps its exit code', async () => {
    const run = newRun(base);
    await driver.start(run, shellJob('exit 7'));
    expect(await untilOver(driver, run)).toEqual({ kind: 'ended', exitCode: 7 });
  });

  test('a job submitted twice, by a worker that never heard of the first, runs once', async () => {
    const run = newRun(base);
    const job = shellJob('echo ran >> count; sleep 2');
    const setNodes = (state: string) =>
      slurm.command('scontrol', 'update', 'nodename=ALL', `state=${state}`, 'reason=test');
    // It waits in the queue while it is submitted again.
    setNodes('drain');
    await driver.start(run, job);
    const marker = join(base, 'work/runs', run.id, 'submitted-1');
    writeFileSync(marker, '');
    await driverWith().start(run, job);
    expect(readFileSync(marker, 'utf8').trim()).toBe(jobOf(run));
    setNodes('resume');
    // Even a second job in the queue ends at the claim of the first.
    slurm.command(
      'sbatch',
      '--parsable',
      `--chdir=${join(base, 'work/runs', run.id)}`,
      join(base, 'work/runs', run.id, 'job-1.sh'),
    );
    expect(await untilOver(driver, run)).toEqual({ kind: 'ended', exitCode: 0 });
    await driver.collect(run);
    expect(readFileSync(join(run.folder, 'count'), 'utf8')).toBe('ran\n');
  });

  test('scancel by hand is known as such', async () => {
    const run = newRun(base);
    await driver.start(run, shellJob('sleep 300'));
    await untilKind(driver, run, 'running');
    slurm.command('scancel', jobOf(run));
    expect(await untilOver(driver, run)).toMatchObject({ kind: 'lost', failure: { code: 'cancelled-outside' } });
  });

  test('our own stop ends the job in the queue of Slurm', async () => {
    const run = newRun(base);
    await driver.start(run, shellJob('sleep 300'));
    await untilKind(driver, run, 'running');
    await driver.signal(run, 'SIGTERM');
    expect((await untilOver(driver, run)).kind).toBe('lost');
    expect(slurm.command('squeue', '-h', '-n', nameOf(run))).toBe('');
  });

  test('a job that takes more memory than it asked for ends as out of memory', async () => {
    const run = newRun(base);
    const grow = 'const kept = []; setInterval(() => kept.push(Buffer.alloc(5e7, 1)), 50)';
    await driver.start(run, {
      ...shellJob(''),
      command: ['node', '-e', grow],
      memoryBytes: 1,
    });
    const over = await untilOver(driver, run);
    expect(over).toMatchObject({ kind: 'lost', failure: { code: 'out-of-memory' } });
  });

  test('a node that dies under a job is a failure of the node, worth another try', async () => {
    const run = newRun(base);
    await onNode('n1').start(run, shellJob('sleep 300'));
    await untilKind(driver, run, 'running');
    slurm.killNode('n1');
    // Slurm finds out by itself after SlurmdTimeout, which a busy machine must not reach by chance.
    slurm.command('scontrol', 'update', 'nodename=n1', 'state=down', 'reason=dead');
    expect(await untilOver(driver, run)).toMatchObject({
      kind: 'lost',
      isWorthAnotherTry: true,
      failure: { code: 'node-failure' },
    });
    const again = { ...run, attempt: 2 };
    await onNode('n2').start(again, shellJob('echo second > output.txt'));
    expect(await untilOver(driver, again)).toEqual({ kind: 'ended', exitCode: 0 });
    slurm.startNode('n1');
    slurm.command('scontrol', 'update', 'nodename=n1', 'state=resume');
  });

  test('a job that the administrator requeues goes on in the same attempt', async () => {
    const run = newRun(base);
    await onNode('n2').start(run, shellJob('echo ran >> count; [ $(wc -l < count) -ge 2 ] || sleep 300'));
    await untilKind(driver, run, 'running');
    const job = jobOf(run);
    await until(
      () => succeeds(() => slurm.command('scontrol', 'update', `jobid=${job}`, 'requeue=1')),
      'Slurm takes the wish',
    );
    slurm.command('scontrol', 'requeue', job);
    // Slurm holds a requeued job back for two minutes.
    await until(
      () => slurm.command('squeue', '-h', '-j', job, '-o', '%T') === 'PENDING',
      'the job is back in the queue',
    );
    // While the first copy is being ended Slurm refuses; and slurmd starts no copy within the second in which it ended the one before.
    await until(
      () => succeeds(() => slurm.command('scontrol', 'update', `jobid=${job}`, 'starttime=now+3')),
      'a new start is taken',
    );
    expect(await untilOver(driver, run)).toEqual({ kind: 'ended', exitCode: 0 });
    await driver.collect(run);
    expect(readFileSync(join(run.folder, 'count'), 'utf8')).toBe('ran\nran\n');
  });

  test('what Slurm refuses is told in its words', async () => {
    const wrong = driverWith({ scheduler: { kind: 'slurm', partition: 'nowhere' } });
    await expect(wrong.start(newRun(base), shellJob('true'))).rejects.toMatchObject({
      code: 'submission-refused',
      message: expect.stringContaining('invalid partition'),
    });
  });

  test('many runs are looked at with one question to Slurm', async () => {
    const shell = new CountingShell();
    const many = driverWith({}, shell);
    const runs = Array.from({ length: 6 }, () => newRun(base));
    for (const run of runs) await many.start(run, shellJob('true'));
    shell.questions = 0;
    await Promise.all(runs.map((run) => many.look(run)));
    expect(shell.questions).toBe(1);
    await Promise.all(runs.map((run) => untilOver(many, run)));
  });

  test('a job past its time limit ends as that', async () => {
    expect(await long.over).toMatchObject({ kind: 'lost', failure: { code: 'time-limit' } });
  });
});
