import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FileStream } from '@/server/computers/remote/file-stream';
import { makeJobScript } from '@/server/computers/remote/job-script';
import { parseLooks } from '@/server/computers/remote/parse-looks';
import { openSecret, sealSecret } from '@/server/computers/secret';
import { commandLine, quote } from '@/server/computers/shell/quote';
import { sbatchLines } from '@/server/computers/slurm/script';
import { parseQueue, stateOf, stateOfWords } from '@/server/computers/slurm/states';
import { computerSettingsSchema } from '@/server/schemas/computers';

const hostile = [
  "'",
  "''",
  `'"'"'`,
  '$(id)',
  '`id`',
  '$HOME',
  'a b',
  '',
  '-rf',
  '\n',
  '\\',
  '~',
  '*',
  '#',
  ';&|<>',
  'é\u0301',
];

test('sh takes every quoted word as it was', () => {
  const script = `printf '%s\\0' ${commandLine(hostile)}`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(hostile);
  expect(() => quote('a\0b')).toThrow();
});

test('a job script passes hostile folders, arguments, variables and modules on as they are', () => {
  const parent = mkdtempSync(join(tmpdir(), 'brine-script-'));
  const folder = join(parent, `it's $(touch ${parent}/injected) "x"`);
  execFileSync('mkdir', ['-p', join(folder, 'claim'), join(parent, 'bin')]);
  writeFileSync(join(parent, 'bin/module'), '#!/bin/sh\nprintf "%s\\0" "$@" > loaded\n', { mode: 0o755 });
  const hostileModule = "x'; touch injected; '";
  const script = makeJobScript({
    ...{
      folder,
      attempt: 1,
      header: [],
      modules: [hostileModule],
      prependTexts: [],
      pathFolders: [],
      isNice: false,
    },
    environment: { WORD: "'$(touch injected)'" },
    command: ['sh', '-c', 'printf "%s\\0" "$WORD" "$@" > words', 'sh', ...hostile],
  });
  const run = () =>
    execFileSync('sh', ['-c', script], {
      stdio: 'ignore',
      env: { ...process.env, PATH: `${join(parent, 'bin')}:${process.env.PATH}` },
    });
  run();
  expect(readFileSync(join(folder, 'loaded'), 'utf8')).toBe(`load\0${hostileModule}\0`);
  const words = readFileSync(join(folder, 'words'), 'utf8').split('\0').slice(0, -1);
  expect(words).toEqual(["'$(touch injected)'", ...hostile]);
  expect(existsSync(join(parent, 'injected')) || existsSync(join(folder, 'injected'))).toBe(false);
  expect(readFileSync(join(folder, 'rc'), 'utf8')).toBe('1 0\n');
  // A second copy ends at the claim.
  execFileSync('rm', [join(folder, 'words')]);
  run();
  expect(existsSync(join(folder, 'words'))).toBe(false);
});

const slurm = (scheduler: object) =>
  computerSettingsSchema.safeParse({ transport: { kind: 'local' }, scheduler: { kind: 'slurm', ...scheduler } });

test.each(['main\n#SBATCH --uid=0', '$(id)', 'a b', "a'b", '-x'])(
  'a partition, account or QOS %j is refused',
  (word) => {
    for (const key of ['partition', 'account', 'qos']) expect(slurm({ [key]: word }).success).toBe(false);
  },
);

test.each([
  '--constraint=gpu\nrm -rf ~',
  '--wrap=x',
  '--output=/etc/passwd',
  '--uid=0',
  'rm -rf ~',
  '--comment=a b',
  '--comment=$(id)',
  '--array=1-9',
])('the extra line %j is refused', (line) => expect(slurm({ extraLines: [line] }).success).toBe(false));

test('what may stand in a script of Slurm does', () => {
  const { scheduler } = slurm({
    partition: 'main',
    account: 'chem',
    extraLines: ['#SBATCH --constraint=cascade|icelake'],
  }).data!;
  if (scheduler.kind !== 'slurm') throw new Error('not Slurm');
  const job = { name: 'brine-1', folder: '/home/ada/1', cores: 4, memoryBytes: 2 * 1024 ** 3, timeLimitSeconds: 3601 };
  expect(sbatchLines(scheduler, job)).toEqual(
    expect.arrayContaining([
      '#SBATCH --time=61',
      '#SBATCH --mem=2048M',
      '#SBATCH --cpus-per-task=4',
      '#SBATCH --account=chem',
      '#SBATCH --constraint=cascade|icelake',
    ]),
  );
});

test('states of Slurm are told apart; a job that wrote its results has done so', () => {
  const queue = parseQueue(
    '7|brine-a-1|COMPLETED|None\n9|brine-a-1|RUNNING|None\n8|other|RUNNING|None\n3|brine-b-1|CANCELLED by 0|\n',
  );
  expect(queue.get('brine-a-1')).toEqual({ jobId: '9', state: 'RUNNING', reason: 'None' });
  expect(queue.has('other')).toBe(false);
  expect(stateOf(queue.get('brine-b-1')!, null)).toMatchObject({ failure: { code: 'cancelled-outside' } });
  expect(stateOf({ jobId: '1', state: 'NODE_FAIL', reason: '' }, null)).toMatchObject({ isWorthAnotherTry: true });
  expect(stateOf({ jobId: '1', state: 'TIMEOUT', reason: '' }, 75)).toMatchObject({ failure: { code: 'time-limit' } });
  expect(stateOf({ jobId: '1', state: 'TIMEOUT', reason: '' }, 0)).toBeNull();
  expect(stateOf({ jobId: '1', state: 'FAILED', reason: '' }, 1)).toBeNull();
  // Ended by a signal, and Slurm has not yet said why.
  expect(stateOf({ jobId: '1', state: 'COMPLETING', reason: '' }, 143)).toEqual({ kind: 'running' });
  expect(stateOf({ jobId: '1', state: 'COMPLETING', reason: '' }, 0)).toBeNull();
  const words = 'slurmstepd: error: *** JOB 5 ON n1 CANCELLED AT 2026-01-01T00:00:00 DUE TO TIME LIMIT ***';
  expect(stateOfWords(words)).toMatchObject({ failure: { code: 'time-limit' } });
  expect(stateOfWords('slurmstepd: error: Detected 1 oom-kill event(s)')).toMatchObject({
    failure: { code: 'out-of-memory' },
  });
  expect(stateOfWords('all is well')).toBeNull();
});

test('looks are read with their progress, and noise is refused', () => {
  const text = Buffer.from('run 17 2 5 1 - 3\n{}\nrun - 0 - 0 0 0\n');
  expect(parseLooks(text, 2)).toMatchObject([
    { beganAt: 17_000, hasPid: true, submitted: '5', isAlive: true, exitCode: null },
    { beganAt: null, isClaimed: false, submitted: null, exitCode: 0 },
  ]);
  expect(() => parseLooks(Buffer.from('Welcome to the cluster\n'), 1)).toThrow(/cannot be read/);
});

test.each(['../x', '/etc/x', 'a/../../x', '.', 'a//b', 'a\u0007b', 'a\\b'])(
  'a file named %j is not written',
  (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'brine-files-'));
    const stream = new FileStream(folder);
    // In the midst of the stream nobody would hear it, and the worker would end.
    expect(() => stream.take(Buffer.from(`1 ./${name}\nx`))).not.toThrow();
    expect(() => stream.end()).toThrow();
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('files come whole, however the stream is cut', () => {
  const folder = mkdtempSync(join(tmpdir(), 'brine-files-'));
  const stream = new FileStream(folder);
  for (const byte of Buffer.from('3 ./a\nabc0 ./empty\n5 ./deep/b\n1\n2\n3')) stream.take(Buffer.from([byte]));
  expect(() => stream.end()).not.toThrow();
  expect(['a', 'empty', 'deep/b'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
    'abc',
    '',
    '1\n2\n3',
  ]);
  const cut = new FileStream(folder);
  cut.take(Buffer.from('3 ./c\nab'));
  expect(() => cut.end()).toThrow(/incomplete/);
  cut.release();
  expect(existsSync(join(folder, 'c'))).toBe(false);
});

test('a stored key opens only for its computer, with the key of the data folder, which is its owner’s alone', () => {
  process.env.BRINE_DATA = mkdtempSync(join(tmpdir(), 'brine-secret-'));
  const sealed = sealSecret('one', { privateKey: 'PRIVATE' });
  expect(Buffer.from(sealed).includes('PRIVATE')).toBe(false);
  expect(openSecret('one', sealed)).toEqual({ privateKey: 'PRIVATE' });
  expect(() => openSecret('two', sealed)).toThrow();
  expect(() =>
    openSecret(
      'one',
      sealed.map((byte, i) => (i === 30 ? byte ^ 1 : byte)),
    ),
  ).toThrow();
  expect(statSync(join(process.env.BRINE_DATA, 'computers.key')).mode & 0o777).toBe(0o600);
});
