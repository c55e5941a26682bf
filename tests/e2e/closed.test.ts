import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { Client as DatabaseClient } from 'pg';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { signIn } from './client';

const { dataFolder, origin, key, address } = inject('platform');
const { host, port } = new URL(origin);
const token = readFileSync(join(dataFolder, 'token'), 'utf8').trim();
let cookie: string;
beforeAll(async () => {
  ({ cookie } = await signIn({ origin, address }));
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** With any header, `Host` too, which fetch does not let one set. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk) => (body += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body }));
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? '{"json":{}}' : undefined);
  });
}
const status = async (...args: Parameters<typeof ask>) => (await ask(...args)).status;

const pages = ['/', '/calculations', '/structures', '/new', '/api/trpc/system.home', '/api/trpc/calculations.list'];

describe('without cookie or token', () => {
  test('pages, procedures, uploads, files and scripts are closed, the health check is open', async () => {
    const script = /\/_next\/static\/[^"]+\.js/.exec((await ask('/', { cookie })).body)![0];
    expect(await status(script, { cookie })).toBe(200);
    for (const path of [...pages, script]) expect(await status(path), path).toBe(401);
    expect(await status('/api/structures/upload', { origin }, 'POST')).toBe(401);
    expect(await status('/api/trpc/drafts.create', { origin }, 'POST')).toBe(401);
    const { status: code, body } = await ask('/api/health');
    expect(code).toBe(200);
    // Nothing about the machine or its people.
    expect(Object.keys(JSON.parse(body)).sort()).toEqual(['database', 'status', 'version', 'worker']);
  });

  test('the answer says how to get in, and nothing of what is inside', async () => {
    const page = await ask('/');
    expect(page.body).toContain('npm start');
    expect(page.body).not.toContain('_next');
    expect(JSON.parse((await ask('/api/trpc/system.home')).body).error.message).toMatch(/address/);
  });

  test('a forged cookie, a cookie for another port and an unknown token are strangers', async () => {
    const [name, value] = cookie.split('=') as [string, string];
    const forged = value.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    for (const wrong of [`${name}=${forged}`, `brine_1=${value}`, `${name}=1.2.3`])
      expect(await status('/api/trpc/system.home', { cookie: wrong }), wrong).toBe(401);
    const unknown = await ask('/api/trpc/system.home', { authorization: `Bearer ${'x'.repeat(43)}` });
    expect(unknown.status).toBe(401);
    expect(unknown.body).not.toContain('counts');
    expect(await status('/api/trpc/system.home', { authorization: `Bearer ${token}` })).toBe(200);
  });
});

describe('the door', () => {
  test('a wrong key opens nothing and sets no cookie', async () => {
    for (const wrong of ['', 'x', key.slice(0, -1), `${key}x`, key.toLowerCase()]) {
      const answer = await ask(`/open?key=${wrong}`);
      expect(answer.status, wrong).toBe(401);
      expect(answer.headers['set-cookie'], wrong).toBeUndefined();
    }
  });

  test('the cookie is not for scripts, nor for other sites', async () => {
    const answer = await ask(`/open?key=${key}`, { host });
    const [made] = answer.headers['set-cookie']!;
    expect(made).toMatch(/; HttpOnly/i);
    expect(made).toMatch(/; SameSite=Strict/i);
    expect(made).toMatch(/; Path=\//i);
    expect(made).not.toContain(key);
    expect(answer.headers['cache-control']).toContain('no-store');
  });
});

describe('a web page of another origin', () => {
  const strangers = ['http://attacker.example', 'http://127.0.0.1:1', 'null'];

  test('changes nothing, also with the cookie', async () => {
    const before = (await ask('/api/trpc/drafts.list?input=%7B%22json%22%3A%7B%7D%7D', { cookie })).body;
    for (const from of strangers)
      for (const path of ['/api/trpc/drafts.create', '/api/structures/upload'])
        expect(await status(path, { cookie, origin: from, 'content-type': 'application/json' }, 'POST')).toBe(403);
    expect(await status('/api/trpc/drafts.create', { cookie, 'content-type': 'text/plain' }, 'POST')).toBe(403);
    expect((await ask('/api/trpc/drafts.list?input=%7B%22json%22%3A%7B%7D%7D', { cookie })).body).toBe(before);
  });

  test('reads nothing, and may not frame a page', async () => {
    for (const from of strangers) expect(await status('/api/trpc/system.home', { cookie, origin: from })).toBe(403);
    const framed = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
    expect(await status('/', { cookie, ...framed })).toBe(403);
    const { headers } = await ask('/', { cookie });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  });
});

test('a rebound host name gets nothing, also with the cookie', async () => {
  for (const name of ['attacker.example', `attacker.example:${port}`, '127.0.0.1.attacker.example', '0.0.0.0'])
    for (const path of [...pages, '/api/health', `/open?key=${key}`])
      expect(await status(path, { cookie, host: name }), `${name} ${path}`).toBe(421);
});

describe('another user of this machine', () => {
  test('may read no file of the data folder', () => {
    expect(statSync(dataFolder).mode & 0o066).toBe(0);
    const open = walk(dataFolder).filter(({ mode }) => (mode & 0o077) !== 0);
    expect(open.map(({ path }) => path)).toEqual([]);
  });

  test.skipIf(process.getuid?.() !== 0)('is refused by the system when it tries', () => {
    const script = `require('fs').readFileSync(${JSON.stringify(join(dataFolder, 'secret'))})`;
    const nobody = { uid: 65_534, gid: 65_534, encoding: 'utf8' } as const;
    expect(spawnSync(process.execPath, ['-e', script], nobody).stderr).toContain('EACCES');
  });

  test('gets into PostgreSQL with no password and with a wrong one: never', async () => {
    const settings = JSON.parse(readFileSync(join(dataFolder, 'postgres.json'), 'utf8'));
    const log = async (password: string) => {
      const client = new DatabaseClient({
        host: '127.0.0.1',
        port: settings.port,
        user: 'brine',
        database: 'brine',
        password,
      });
      await client.connect();
      await client.end();
    };
    await expect(log('')).rejects.toThrow();
    await expect(log('brine')).rejects.toThrow(/password/);
    await log(settings.password);
  });

  test('finds nothing in the command lines of the processes', () => {
    const lines = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .flatMap((name) => {
        try {
          return [readFileSync(`/proc/${name}/cmdline`, 'utf8')];
        } catch {
          return [];
        }
      });
    const { password } = JSON.parse(readFileSync(join(dataFolder, 'postgres.json'), 'utf8'));
    for (const secret of [key, token, password]) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  });
});

/** Files that others could open: below folders that everyone may pass through. */
function walk(folder: string): { path: string; mode: number }[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const { mode } = statSync(path);
    if (entry.isFile()) return [{ path, mode }];
    return entry.isDirectory() && (mode & 0o077) !== 0 ? walk(path) : [];
  });
}
