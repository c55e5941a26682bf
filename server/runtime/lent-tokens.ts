import { type Database, db } from '@/server/db/client';
import { hashToken, makeTokenText } from '@/server/db/token-text';

/** Lent tokens of an owner that was killed open the door no longer than this. */
const LENT_MS = 5 * 60_000;
const RENEW_AT_MS = 4 * 60_000;
const DAY_MS = 86_400_000;

/** What the code of a notebook needs, and no right to make tokens, programs or computers. */
const SCOPES = ['read', 'compute'];

export interface LentToken {
  id: string;
  token: string;
}

/** Makes a token for one runtime, which is to be renewed while that lives and taken back when it ends. */
export async function lendToken(owner: {
  userId: string;
  projectId: string;
  name: string;
  runtimeHostId: string | null;
}): Promise<LentToken> {
  const token = makeTokenText();
  const data = { ...owner, scopes: SCOPES, sha256: hashToken(token), expiresAt: lentUntil() };
  const { id } = await db().token.create({ data });
  return { id, token };
}

/** Renews those that would end soon; gives whether it found any that is still lent. */
export async function renewTokens(
  which: { runtimeHostId: string } | { id: string; projectId: string; userId: string },
): Promise<boolean> {
  const isLent = { ...which, revokedAt: null, scopes: { equals: SCOPES }, expiresAt: { not: null } };
  const soon = new Date(Date.now() + RENEW_AT_MS);
  const { count } = await db().token.updateMany({
    where: { ...isLent, expiresAt: { lt: soon } },
    data: { expiresAt: lentUntil() },
  });
  return count > 0 || ('id' in which && (await db().token.count({ where: isLent })) > 0);
}

/** Whoever has it is a stranger from then on; of tokens that served one runtime no trace is kept. */
export async function takeBackToken(id: string): Promise<void> {
  await db().token.deleteMany({ where: { id } });
}

/** Those that earlier runtimes processes lent: what they started has ended with them. And what ended by itself long ago. */
export async function takeBackAllTokens(tx: Database): Promise<void> {
  const longAgo = new Date(Date.now() - DAY_MS);
  await tx.token.deleteMany({
    where: { OR: [{ runtimeHostId: { not: null } }, { scopes: { equals: SCOPES }, expiresAt: { lt: longAgo } }] },
  });
}

const lentUntil = () => new Date(Date.now() + LENT_MS);
