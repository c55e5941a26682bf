import type { z } from 'zod';
import type { Token } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { hashToken, makeTokenText } from '@/server/db/token-text';
import { AppError, notFound } from '@/server/errors';
import * as lent from '@/server/runtime/lent-tokens';
import type { CreatedToken, createTokenSchema, lendTokenSchema, TokenSummary } from '@/server/schemas/tokens';
import { type Actor, isAllowed } from '../actor';
import { projectScope } from '../scope';

const DAY_MS = 86_400_000;

/** Makes a token for the actor in their project; a token makes none that may do more than itself. */
export async function createToken(
  actor: Actor,
  { name, scopes, days }: z.infer<typeof createTokenSchema>,
): Promise<CreatedToken> {
  const { projectId } = await projectScope(actor, 'write');
  const beyond = scopes.find((scope) => !isAllowed(actor, scope));
  if (beyond)
    throw new AppError('forbidden', `the token lacks the scope ${beyond}`, {
      userMessage: `This token may not ${beyond}, so it can give nobody that right.`,
    });
  const token = makeTokenText();
  const expiresAt = days === null ? null : new Date(Date.now() + days * DAY_MS);
  const data = { userId: actor.userId, projectId, name, scopes: [...new Set(scopes)], expiresAt };
  return { ...toSummary(await db().token.create({ data: { ...data, sha256: hashToken(token) } })), token };
}

/** A token for the code of a notebook that the actor runs themselves: it is to be renewed while that runs, and revoked at its end. */
export async function lendToken(actor: Actor, { name }: z.infer<typeof lendTokenSchema>): Promise<lent.LentToken> {
  const { projectId } = await projectScope(actor, 'write');
  return lent.lendToken({ userId: actor.userId, projectId, name, runtimeHostId: null });
}

export async function renewToken(actor: Actor, { id }: { id: string }): Promise<void> {
  const { projectId } = await projectScope(actor, 'write');
  if (!(await lent.renewTokens({ id, projectId, userId: actor.userId }))) throw notFound('The token');
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
