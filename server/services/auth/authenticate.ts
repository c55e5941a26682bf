import { db } from '@/server/db/client';
import { hashToken } from '@/server/db/token-text';
import type { Actor, Scope } from '../actor';
import { isSession, sessionCookieName } from './access-key';
import { readCookie } from './gate';
import { localOwner } from './local-owner';

/** Who sent these headers: a browser by its cookie, a program by its token; null for a stranger. */
export async function authenticate(headers: Headers): Promise<Actor | null> {
  const bearer = /^Bearer (\S+)$/.exec(headers.get('authorization') ?? '')?.[1];
  if (bearer) return actorOfToken(bearer);
  return isSession(readCookie(headers, sessionCookieName(headers.get('host')))) ? localOwner : null;
}

async function actorOfToken(token: string): Promise<Actor | null> {
  const row = await db().token.findUnique({ where: { sha256: hashToken(token) } });
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt < new Date())) return null;
  return { userId: row.userId, projectId: row.projectId, scopes: row.scopes as Scope[] };
}
