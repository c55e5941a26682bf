import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Token } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import type { CreatedToken, createTokenSchema, TokenSummary } from '@/server/schemas/tokens';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { hashToken } from './authenticate';

const DAY_MS = 86_400_000;

/** Makes a token for the actor in their project; a token makes none that may do more than itself. */
export async function createToken(
  actor: Actor,
  { name, scopes, days }: z.infer<typeof createTokenSchema>,
): Promise<CreatedToken> {
  const { projectId } = await projectScope(actor, 'write');
  const beyond = scopes.find((scope) => actor.scopes && !actor.scopes.includes(scope));
  if (beyond)
    throw new AppError('forbidden', `the token lacks the scope ${beyond}`, {
      userMessage: `This token may not ${beyond}, so it can give nobody that right.`,
    });
  const token = `brine_${randomBytes(32).toString('base64url')}`;
  const expiresAt = days === null ? null : new Date(Date.now() + days * DAY_MS);
  const data = { userId: actor.userId, projectId, name, scopes: [...new Set(scopes)], expiresAt };
  return { ...toSummary(await db().token.create({ data: { ...data, sha256: hashToken(token) } })), token };
}

/** The actor's own tokens that still open the door, the newest first. */
export async function listTokens(actor: Actor): Promise<TokenSummary[]> {
  const { projectId } = await projectScope(actor, 'read');
  const isOpen = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] };
  const rows = await db().token.findMany({
    where: { projectId, userId: actor.userId, ...isOpen },
    orderBy: { createdAt: 'desc' },
  });
  return rows.map(toSummary);
}

export async function revokeToken(actor: Actor, { id }: { id: string }): Promise<void> {
  const { projectId } = await projectScope(actor, 'write');
  const { count } = await db().token.updateMany({
    where: { id, projectId, userId: actor.userId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  if (count === 0) throw notFound('The token');
}

const toSummary = ({ id, name, scopes, createdAt, expiresAt }: Token): TokenSummary => ({
  id,
  name,
  scopes,
  createdAt,
  expiresAt,
});
