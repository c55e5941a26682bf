import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'ssh2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RemoteDriver } from '@/server/computers/remote/driver';
import { findCodes } from '@/server/computers/remote/find-codes';
import { fingerprintOf, type SshLogin } from '@/server/computers/ssh/connect';
import { SshShell } from '@/server/computers/ssh/ssh-shell';
import { hasSshd, startSshd, type TestSshd, until } from './cluster';
import { newRun, scratch, settingsWith, shellJob, untilKind, untilOver } from './runs';

/** Where Debian's environment modules look. */
const MODULE_FILES = '/usr/share/modules/modulefiles';
let sshd: TestSshd;
const base = scratch();
let login: SshLogin;
const shellWith = (change: Partial<SshLogin> = {}) => new SshShell({ ...login, ...change });
const driverOver = (shell: SshShell, workFolder = join(base, 'work'), patienceSeconds = 30) =>
  new RemoteDriver(shell, {
    name: 'far',
    settings: settingsWith({
      transport: { kind: 'ssh', host: '127.0.0.1', port: sshd.port, user: 'root', key: { kind: 'stored' } },
      scheduler: { kind: 'direct' },
      workFolder,
      patienceSeconds,
    }),
  });

async function loginTo(port: number, privateKey: string): Promise<SshLogin> {
  const target = { host: '127.0.0.1', port, user: 'root' };
  const key = { kind: 'text', privateKey } as const;
  const shown = await new SshShell({ target, jump: null, key, hostKeys: {} }).run('true', []).catch((err) => err);
  expect(shown.code).toBe('host-key-unknown');
  return { target, jump: null, key, hostKeys: { [`127.0.0.1:${port}`]: shown.fingerprint } };
}

describe.skipIf(!hasSshd)('a computer over SSH', () => {
  beforeAll(async () => {
    sshd = await startSshd();
    login = await loginTo(sshd.port, sshd.privateKey);
  });
  afterAll(() => sshd?.stop());

  test('is known by the fingerprint that ssh-keygen tells', () => {
    const file = `${sshd.keyFile.replace(/id$/, 'host')}.pub`;
    const told = execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' }).split(' ')[1];
    expect(Object.values(login.hostKeys)).toEqual([told]);
    expect(fingerprintOf(Buffer.from(readFileSync(file, 'utf8').split(' ')[1]!, 'base64'))).toBe(told);
  });

  test('runs commands with hostile arguments as they are, and gives exit code and streams', async () => {
    const shell = shellWith();
    const hostile = [
      "it's",
      '$(touch /tmp/brine-injected)',
      '`id`',
      '; rm -rf x',
      '',
      '-n',
      'a\nb',
      '"',
      '\\',
      '*',
      '!!',
      'ü',
    ];
    const { stdout, stderr, exitCode } = await shell.run('printf "%s\\0" "$@"; echo no >&2; exit 9', hostile);
    expect(stdout.toString('utf8').split('\0').slice(0, -1)).toEqual(hostile);
    expect([stderr, exitCode]).toEqual(['no\n', 9]);
    expect(existsSync('/tmp/brine-injected')).toBe(false);
    shell.close();
  });

  test('shares one connection among many commands at once', async () => {
    const shell = shellWith();
    const ports = await Promise.all(Array.from({ length: 12 }, () => shell.run('echo $SSH_CONNECTION', [])));
    expect(new Set(ports.map(({ stdout }) => stdout.toString('utf8'))).size).toBe(1);
    shell.close();
  });

  test('is reached through a jump host, whose key is checked too', async () => {
    const behind = await startSshd();
    try {
      const inner = await loginTo(behind.port, behind.privateKey);
      const jumped: SshLogin = { ...login, target: inner.target, jump: login.target };
      await expect(new SshShell(jumped).run('true', [])).rejects.toMatchObject({ code: 'host-key-unknown' });
      const known = new SshShell({ ...jumped, hostKeys: { ...login.hostKeys, ...inner.hostKeys } });
      // Both servers take the same key here.
      writeFileSync(join(behind.keyFile, '../authorized_keys'), readFileSync(`${sshd.keyFile}.pub`));
      expect((await known.run('echo in', [])).stdout.toString('utf8')).toBe('in\n');
      known.close();
    } finally {
      behind.stop();
    }
  });

  test('takes a key that has a passphrase, and one that an agent holds', async () => {
    const folder = scratch();
    const locked = join(folder, 'locked');
    writeFileSync(locked, sshd.privateKey, { mode: 0o600 });
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', locked]);
    const privateKey = readFileSync(locked, 'utf8');
    const unlocked = shellWith({ key: { kind: 'text', privateKey, passphrase: 'open sesame' } });
    expect((await unlocked.run('echo in', [])).stdout.toString('utf8')).toBe('in\n');
    unlocked.close();
    for (const passphrase of ['wrong', undefined])
      await expect(
        shellWith({ key: { kind: 'text', privateKey, ...(passphrase ? { passphrase } : {}) } }).run('true', []),
      ).rejects.toMatchObject({ code: 'bad-key' });

    const socket = join(folder, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    const before = process.env.SSH_AUTH_SOCK;
    try {
      await until(() => existsSync(socket), 'the agent');
      process.env.SSH_AUTH_SOCK = socket;
      await expect(shellWith({ key: { kind: 'agent' } }).run('true', [])).rejects.toMatchObject({
        code: 'login-refused',
      });
      execFileSync('ssh-add', ['-q', sshd.keyFile]);
      const shell = shellWith({ key: { kind: 'agent' } });
      expect((await shell.run('echo in', [])).stdout.toString('utf8')).toBe('in\n');
      shell.close();
    } finally {
      if (before === undefined) delete process.env.SSH_AUTH_SOCK;
      else process.env.SSH_AUTH_SOCK = before;
      agent.kill();
    }
  });

  test('runs a job whose files, progress and exit code come back', async () => {
    const driver = driverOver(shellWith());
    const run = newRun(base);
    await driver.start(run, shellJob('cat input.txt > output.txt; echo "{}" >> progress.jsonl; exit 3'));
    expect(await untilOver(driver, run)).toEqual({ kind: 'ended', exitCode: 3 });
    expect(readFileSync(join(run.folder, 'progress.jsonl'), 'utf8')).toBe('{}\n');
    await driver.collect(run);
    expect(readFileSync(join(run.folder, 'output.txt'), 'utf8')).toBe('hello\n');
    expect(driver.startedAt(run)! - Date.now()).toBeLessThan(5_000);
  });

  test('texts come as they are, with the command or, too large for it, ahead of it; starting again changes nothing', async () => {
    const hostile = `'; touch pwned; '"$(touch pwned)\`touch pwned\`\\n%s\n`;
    const files = { 'in/small.txt': hostile, '-e': 'named like an option', 'large.txt': hostile.repeat(4_000) };
    const driver = driverOver(shellWith());
    const run = newRun(base);
    const job = shellJob('cat in/small.txt large.txt > all.txt; ls > names; echo once >> times', { files });
    await driver.start(run, job);
    expect(await untilOver(driver, run)).toEqual({ kind: 'ended', exitCode: 0 });
    await driver.start(run, job);
    await driver.collect(run);
    const read = (name: string) => readFileSync(join(run.folder, name), 'utf8');
    expect(read('all.txt')).toBe(hostile + files['large.txt']);
    expect(read('times')).toBe('once\n');
    expect(read('names')).not.toMatch(/pwned/);
    expect(readdirSync(run.folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('runs the code that a job names, with its lines before it', async () => {
    const bin = scratch();
    writeFileSync(join(bin, 'solve.x'), '#!/bin/sh\necho "solved with $LICENCE"\n', { mode: 0o755 });
    const driver = driverOver(shellWith());
    const run = newRun(base);
    const code = { path: join(bin, 'solve.x'), modules: [], prependText: 'export LICENCE=ours' };
    await driver.start(run, shellJob('solve.x', { code }));
    expect(await untilOver(driver, run)).toEqual({ kind: 'ended', exitCode: 0 });
    await driver.collect(run);
    expect(readFileSync(join(run.folder, 'stdout'), 'utf8')).toBe('solved with ours\n');
  });

  test.skipIf(!existsSync(MODULE_FILES))('loads modules, and does not run without one that is missing', async () => {
    const name = `brine-test-${process.pid}`;
    const folder = join(MODULE_FILES, name);
    const bin = scratch();
    try {
      for (const version of ['7.2', '7.3']) {
        mkdirSync(join(bin, version));
        writeFileSync(join(bin, version, 'solve.x'), `#!/bin/sh\necho solved by ${version}\n`, { mode: 0o755 });
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, version), `#%Module\nprepend-path PATH ${join(bin, version)}\n`);
      }
      const driver = driverOver(shellWith());
      const runWith = async (modules: string[]) => {
        const run = newRun(base);
        await driver.start(run, shellJob('solve.x', { code: { path: 'sh', modules, prependText: '' } }));
        const state = await untilOver(driver, run);
        await driver.collect(run);
        const read = (file: string) => {
          const path = join(run.folder, file);
          return existsSync(path) ? readFileSync(path, 'utf8') : null;
        };
        return { state, stdout: read('stdout'), stderr: read('stderr') };
      };
      expect(await runWith([`${name}/7.2`])).toMatchObject({
        state: { kind: 'ended', exitCode: 0 },
        stdout: 'solved by 7.2\n',
      });
      expect((await runWith([`${name}/7.3`])).stdout).toBe('solved by 7.3\n');
      const missing = await runWith([`${name}/7.3`, `${name}/8`]);
      expect(missing).toMatchObject({ state: { kind: 'ended', exitCode: 1 }, stdout: null });
      expect(missing.stderr).toContain(`the module ${name}/8 could not be loaded`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('stops a job with all its processes', async () => {
    const driver = driverOver(shellWith());
    const run = newRun(base);
    await driver.start(run, shellJob('sleep 301 & sleep 302'));
    await untilKind(driver, run, 'running');
    await driver.signal(run, 'SIGTERM');
    expect((await untilOver(driver, run)).kind).toBe('ended');
    expect(execFileSync('sh', ['-c', 'pgrep -f "sleep 30[12]" || true'], { encoding: 'utf8' })).toBe('');
  });

  test('a dropped link is opened again: the job ran on, once', async () => {
    const driver = driverOver(shellWith());
    const run = newRun(base);
    await driver.start(run, shellJob('echo ran >> count; sleep 3'));
    await untilKind(driver, run, 'running');
    sshd.drop();
    setTimeout(() => sshd.start(), 1_500);
    expect(await untilOver(driver, run)).toEqual({ kind: 'ended', exitCode: 0 });
    await driver.collect(run);
    expect(readFileSync(join(run.folder, 'count'), 'utf8')).toBe('ran\n');
  });

  test('a command between the end of the connection and the word of it is told as unreachable; the next one gets another', async () => {
    const shell = shellWith();
    await shell.run('true', []);
    const { client } = shell as unknown as { client: Promise<Client> };
    (await client).end();
    await expect(shell.run('true', [])).rejects.toMatchObject({ code: 'computer-unreachable', isPassing: true });
    await until(async () => (await shell.run('echo back', []).catch(() => null)) !== null, 'another connection');
    shell.close();
  });

  test('a link that stays away ends the patience with the reason', async () => {
    const driver = driverOver(shellWith(), join(base, 'work'), 2);
    const run = newRun(base);
    await driver.start(run, shellJob('sleep 2'));
    sshd.drop();
    await expect(driver.look(run)).rejects.toMatchObject({ code: 'computer-unreachable' });
    sshd.start();
    await sleep(300);
    expect(await untilOver(driver, run)).toEqual({ kind: 'ended', exitCode: 0 });
  });

  test('a key that is no longer accepted is told at once', async () => {
    sshd.refuseKey();
    await expect(shellWith().run('true', [])).rejects.toMatchObject({ code: 'login-refused', isPassing: false });
    sshd.acceptKey();
    await expect(shellWith({ key: { kind: 'text', privateKey: 'nonsense' } }).run('true', [])).rejects.toMatchObject({
      code: 'bad-key',
    });
  });

  test('another host key is refused before anything is sent', async () => {
    sshd.changeHostKey();
    await until(async () => {
      const err = await shellWith()
        .run('true', [])
        .catch((thrown) => thrown);
      if (err.code !== 'host-key-changed') return false;
      expect(err.message).toContain(Object.values(login.hostKeys)[0]);
      return true;
    }, 'the server with its new key');
    login = await loginTo(sshd.port, sshd.privateKey);
  });

  test('a full disk there is told as such, and a job goes on when there is space', async ({ skip }) => {
    const small = join(base, 'small');
    mkdirSync(small);
    const mounted = execFileSync('sh', ['-c', `mount -t tmpfs -o size=400k none '${small}' && echo yes || echo no`], {
      encoding: 'utf8',
    });
    skip(mounted.trim() !== 'yes', 'no small file system can be mounted here');
    try {
      const driver = driverOver(shellWith(), join(small, 'work'));
      const filler = join(small, 'filler');
      await driver.start(newRun(base), shellJob('true'));
      execFileSync('sh', ['-c', `head -c 10m /dev/zero > '${filler}' 2> /dev/null || true`]);
      const run = newRun(base);
      const job = shellJob('true', { files: { 'big.txt': 'x'.repeat(100_000) } });
      await expect(driver.start(run, job)).rejects.toMatchObject({ code: 'remote-disk-full', isPassing: false });
      execFileSync('rm', [filler]);
      await driver.start(run, job);
      expect(await untilOver(driver, run)).toEqual({ kind: 'ended', exitCode: 0 });
      // The disk becomes full while a job runs: it cannot even write its exit code.
      const late = newRun(base);
      await driver.start(late, shellJob('sleep 1; head -c 10m /dev/zero > filler'));
      await expect(untilOver(driver, late)).rejects.toMatchObject({ code: 'remote-disk-full' });
    } finally {
      execFileSync('umount', ['-l', small]);
    }
  });

  test('codes are found with version and path', async () => {
    const bin = scratch();
    writeFileSync(join(bin, 'xtb'), '#!/bin/sh\necho "   * xtb version 6.5.1 (579679a)"\n', { mode: 0o755 });
    const shell = shellWith();
    const found = await findCodes(shell, `export PATH='${bin}':"$PATH"`);
    expect(found).toContainEqual(expect.objectContaining({ program: 'xtb', version: '6.5.1', path: join(bin, 'xtb') }));
    expect(found.find(({ program }) => program === 'node')?.version).toMatch(/^\d+\.\d+\.\d+$/);
    shell.close();
  });
});
