import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { secretFile } from '@/server/secret-file';

const SESSION_DAYS = 30;

/** The secret that opens this installation. */
export const accessKey = (): string =>
  secretFile('secret', () => randomBytes(24).toString('base64url'))
    .toString('utf8')
    .trim();

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
