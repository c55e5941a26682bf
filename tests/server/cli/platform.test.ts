import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** One platform, from `brine start` to Ctrl-C, with a first run that may have to build the web application. */
const BUILD_MAX_MS = 300_000;

let folder: string;
let blocker: Server;
let busyPort: number;
let starter: ChildProcess;
let output = '';
let errors = '';
let origin: string;
let key: string;
let cookie: string;

const environment = () => ({
  ...process.env,
  NODE_ENV: 'production' as const,
  BRINE_DATA: folder,
  PORT: String(busyPort),
  DATABASE_URL: '',
  BRINE_SEED: '0',
  BRINE_LEASE_SECONDS: '4',
});

function brine(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['bin/brine.mjs', ...args], { env: environment() });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

/** With any Host header, which fetch would not send. */
function ask(
  path: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; body: string; cookies: string[] }> {
  return new Promise((resolve, reject) => {
    const call = request(`${origin}${path}`, { method, headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode!, body, cookies: answer.headers['set-cookie'] ?? [] }),
      );
    });
    call.on('error', reject);
    call.end();
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brine-platform-'));
  chmodSync(folder, 0o711);
  blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  busyPort = (blocker.address() as { port: number }).port;
  starter = spawn(process.execPath, ['bin/brine.mjs', 'start'], { env: environment() });
  starter.stdout!.on('data', (chunk) => (output += chunk));
  starter.stderr!.on('data', (chunk) => (errors += chunk));
  await new Promise<void>((resolve, reject) => {
    starter.stdout!.on('data', () => output.includes('\n') && resolve());
    starter.once('exit', (code) => reject(new Error(`brine start ended with ${code}:\n${errors}`)));
  });
  [, origin, key] = /(http:\/\/[^/]+)\/open\?key=(\S+)/.exec(output) as unknown as [string, string, string];
}, BUILD_MAX_MS);

afterAll(async () => {
  blocker?.close();
  if (starter?.exitCode === null) {
    starter.kill('SIGTERM');
    await new Promise((resolve) => starter.once('exit', resolve));
  }
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const pidsOf = () => {
  const { starter: first, children } = JSON.parse(readFileSync(join(folder, 'platform.json'), 'utf8'));
  const cluster = join(folder, 'postgres', 'postmaster.pid');
  const postgres = existsSync(cluster) ? [Number(readFileSync(cluster, 'utf8').split('\n')[0])] : [];
  return [first.pid, ...children.map((child: { pid: number }) => child.pid), ...postgres] as number[];
};
const isAlive = (pid: number) => existsSync(`/proc/${pid}`);
const health = async () => JSON.parse((await ask('/api/health', {})).body);

describe.sequential('a platform from start to end', () => {
  test('prints one line with the address, and says that the busy port was left', () => {
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(origin).not.toContain(`:${busyPort}`);
    expect(errors).toContain(`Port ${busyPort} is busy`);
  });

  test('tells its health to everyone on this machine', async () => {
    for (let i = 0; i < 100 && (await health()).worker !== 'ok'; i++) await sleep(100);
    expect(await health()).toEqual({ status: 'ok', version: '0.1.0', database: 'ok', worker: 'ok' });
  });

  test('exchanges the key for a cookie that scripts cannot read, and nothing else opens', async () => {
    expect((await ask('/', {})).status).toBe(401);
    expect((await ask('/open?key=wrong', {})).cookies).toEqual([]);
    const opened = await ask(`/open?key=${key}`, {});
    expect(opened.status).toBe(200);
    expect(opened.cookies[0]).toMatch(/HttpOnly.*SameSite=Strict/);
    cookie = opened.cookies[0]!.split(';')[0]!;
    expect((await ask('/api/trpc/system.status', { cookie })).status).toBe(200);
    expect((await ask('/api/trpc/system.status', {})).status).toBe(401);
    expect((await ask('/api/trpc/system.status', { authorization: 'Bearer made-up' })).status).toBe(401);
  });

  test('gives nothing to a page of another origin or under a rebound name', async () => {
    expect((await ask('/api/trpc/drafts.create', { cookie, origin: 'http://evil.example' }, 'POST')).status).toBe(403);
    expect((await ask('/api/trpc/system.status', { cookie, host: 'evil.example' })).status).toBe(421);
  });

  test('answers a job’s file and an upload only to those who are signed in', async () => {
    const file = '/api/calculations/01900000-0000-7000-8000-000000000000/files/x/stdout';
    expect((await ask(file, {})).status).toBe(401);
    expect((await ask(file, { cookie })).status).toBe(404);
    expect((await ask('/api/structures/upload', { origin }, 'POST')).status).toBe(401);
    expect((await ask('/api/structures/upload', { authorization: 'Bearer made-up' }, 'POST')).status).toBe(401);
  });

  test('says no to an upload of 100 MB before reading it', async () => {
    const answer = await ask('/api/structures/upload', { cookie, origin, 'content-length': '0' }, 'POST');
    expect(answer.status).toBe(422);
    const body = new Uint8Array(100 * 1024 * 1024);
    const response = await fetch(`${origin}/api/structures/upload?fileName=big.cif`, {
      method: 'POST',
      headers: { cookie, origin },
      body,
    });
    expect(response.status).toBe(413);
    expect((await response.json()).error.message).toMatch(/larger than 8 MB/);
    expect((await health()).database).toBe('ok');
  });

  test('a second start says that it runs and gives the address', async () => {
    const second = await brine('start');
    expect(second.status).toBe(0);
    expect(second.stderr).toContain('already runs');
    expect(second.stdout).toBe(output);
  });

  test('the command line speaks JSON alone on standard output', async () => {
    expect(JSON.parse((await brine('list', '--json')).stdout)).toEqual([]);
    const missing = await brine('show', '01900000-0000-7000-8000-000000000000', '--json');
    expect(missing).toMatchObject({ status: 2, stdout: '' });
    expect(missing.stderr).toContain('not found');
    expect((await brine('show', 'nonsense')).status).toBe(2);
    expect((await brine('nonsense')).status).toBe(2);
    for (const command of ['start', 'stop', 'run', 'show', 'list', 'kill', 'structure', 'bench'])
      expect(await brine(command, '--help')).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('usage: brine'),
      });
  });

  test('a worker that is killed is replaced', async () => {
    const [, , worker] = pidsOf();
    process.kill(worker!, 'SIGKILL');
    await sleep(3_500);
    for (let i = 0; i < 100 && (await health()).worker !== 'ok'; i++) await sleep(100);
    expect((await health()).worker).toBe('ok');
    expect(pidsOf()).not.toContain(worker);
  });

  test('Ctrl-C leaves no process behind', async () => {
    const pids = pidsOf();
    expect(pids.filter(isAlive)).toHaveLength(5);
    starter.kill('SIGINT');
    expect(await new Promise((resolve) => starter.once('exit', resolve))).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(existsSync(join(folder, 'platform.json'))).toBe(false);
  });

  test('a host other than loopback is refused', async () => {
    const child = spawn(process.execPath, ['bin/brine.mjs', 'start'], { env: { ...environment(), HOST: '0.0.0.0' } });
    let text = '';
    child.stderr.on('data', (chunk) => (text += chunk));
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1);
    expect(text).toContain('not a loopback address');
  });
});
