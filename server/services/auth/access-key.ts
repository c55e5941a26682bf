import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '@/server/env';

const SESSION_DAYS = 30;

/** The secret of this installation: in the data folder, mode 0600, made at the first start. */
export function accessKey(): string {
  const file = join(env().dataFolder, 'secret');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'ENOENT') throw err;
  }
  // Everyone may pass through the folder (PostgreSQL's user must), nobody may list it; its files are closed one by one.
  mkdirSync(env().dataFolder, { recursive: true, mode: 0o711 });
  try {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'EEXIST') throw err;
  }
  return readFileSync(file, 'utf8').trim();
}

export const isAccessKey = (given: string): boolean => areSame(given, accessKey());

/** The value of the cookie that stands for the key: `issued.nonce.signature`. */
export function makeSession(nowMs = Date.now()): { value: string; maxAgeSeconds: number } {
  const body = `${Math.floor(nowMs / 1000)}.${randomBytes(12).toString('base64url')}`;
  return { value: `${body}.${sign(body)}`, maxAgeSeconds: SESSION_DAYS * 86_400 };
}

export function isSession(value: string | undefined, nowMs = Date.now()): boolean {
  const [issued, nonce, signature] = (value ?? '').split('.');
  if (!issued || !nonce || !signature || !areSame(signature, sign(`${issued}.${nonce}`))) return false;
  const ageSeconds = nowMs / 1000 - Number(issued);
  return ageSeconds > -60 && ageSeconds < SESSION_DAYS * 86_400;
}

/** Cookies do not know ports: the name does, so that two platforms on one host keep apart. */
export const sessionCookieName = (host: string | null) => `brine_${/:(\d+)$/.exec(host ?? '')?.[1] ?? '80'}`;

const sign = (body: string) => createHmac('sha256', accessKey()).update(`session ${body}`).digest('base64url');

function areSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
