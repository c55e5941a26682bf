import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessKey, isAccessKey, isSession, makeSession } from '@/server/services/auth/access-key';
import { gate } from '@/server/services/auth/gate';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'brine-gate-'));
  process.env.BRINE_DATA = folder;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (method: string, path: string, headers: Record<string, string>) => {
  const answer = gate(method, path, new Headers({ host: '127.0.0.1:3000', ...headers }));
  return answer.isOpen ? 200 : answer.status;
};
const cookie = () => ({ cookie: `theme=dark; brine_3000=${makeSession().value}` });
const origin = { origin: 'http://127.0.0.1:3000' };

test('the secret is readable by its owner only and stays the same', () => {
  const key = accessKey();
  expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600);
  expect(accessKey()).toBe(key);
  expect(isAccessKey(key)).toBe(true);
  expect(isAccessKey(`${key}x`)).toBe(false);
  expect(isAccessKey('')).toBe(false);
});

test('without cookie or token nothing is answered but the health check and the door', () => {
  expect(ask('GET', '/', {})).toBe(401);
  expect(ask('GET', '/api/trpc/system.status', {})).toBe(401);
  expect(ask('GET', '/_next/static/chunks/main.js', {})).toBe(401);
  expect(ask('GET', '/api/health', {})).toBe(200);
  expect(ask('GET', '/open', {})).toBe(200);
  expect(ask('POST', '/open', origin)).toBe(401);
});

test('a signed cookie opens, a forged, an old or another port’s one does not', () => {
  expect(ask('GET', '/', cookie())).toBe(200);
  const { value } = makeSession();
  expect(ask('GET', '/', { cookie: `brine_3000=${value.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A'))}` })).toBe(401);
  expect(ask('GET', '/', { cookie: `brine_4000=${value}` })).toBe(401);
  expect(isSession(makeSession(Date.now() - 31 * 86_400_000).value)).toBe(false);
});

test('a token opens the interface but no pages', () => {
  expect(ask('POST', '/api/trpc/calculations.run', { authorization: 'Bearer abc' })).toBe(200);
  expect(ask('GET', '/calculations', { authorization: 'Bearer abc' })).toBe(401);
});

test('a host name that was rebound to this address gets nothing, not even its health', () => {
  expect(ask('GET', '/', { ...cookie(), host: 'attacker.example:3000' })).toBe(421);
  expect(ask('GET', '/api/health', { host: '127.0.0.1.attacker.example' })).toBe(421);
  expect(ask('GET', '/', { ...cookie(), host: 'localhost:3000' })).toBe(200);
});

test('a page of another origin gets nothing, also one on another port of this machine', () => {
  expect(ask('POST', '/api/trpc/drafts.create', { ...cookie(), origin: 'http://attacker.example' })).toBe(403);
  expect(ask('POST', '/api/trpc/drafts.create', { ...cookie(), origin: 'http://127.0.0.1:8080' })).toBe(403);
  expect(ask('POST', '/api/trpc/drafts.create', { ...cookie(), origin: 'null' })).toBe(403);
  expect(ask('GET', '/api/trpc/drafts.list', { ...cookie(), 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(ask('GET', '/logo.svg', { ...cookie(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(
    403,
  );
  const frame = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
  expect(ask('GET', '/', { ...cookie(), ...frame })).toBe(403);
  expect(ask('GET', '/', { ...cookie(), ...frame, 'sec-fetch-dest': 'document' })).toBe(200);
});

test('a change without an origin wants a token', () => {
  expect(ask('POST', '/api/trpc/drafts.create', cookie())).toBe(403);
  expect(ask('POST', '/api/trpc/drafts.create', { ...cookie(), ...origin })).toBe(200);
  expect(ask('DELETE', '/calculations', cookie())).toBe(403);
});

test('a link on another site opens pages, but not the one that makes a draft', () => {
  const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  for (const site of ['cross-site', 'same-site']) {
    expect(ask('GET', '/calculations', { ...cookie(), ...link, 'sec-fetch-site': site })).toBe(200);
    expect(ask('GET', '/new', { ...cookie(), ...link, 'sec-fetch-site': site })).toBe(403);
  }
  expect(ask('GET', '/new', { ...cookie(), ...link, 'sec-fetch-site': 'none' })).toBe(200);
  expect(ask('GET', '/new', { ...cookie(), ...link, 'sec-fetch-site': 'same-origin' })).toBe(200);
});
