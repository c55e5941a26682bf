import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { db } from '@/server/db/client';
import { hashToken } from '@/server/db/token-text';
import { env } from '@/server/env';
import type { Actor } from '../actor';

const file = () => join(env().dataFolder, 'token');

/** The token of the command line on this machine: its text only in the data folder, mode 0600, its hash in the database. */
export async function ensureCliToken(actor: Actor): Promise<void> {
  const known = readCliToken();
  const row = known ? await db().token.findUnique({ where: { sha256: hashToken(known) } }) : null;
  // One that was revoked is not taken up again.
  const token = known && !row?.revokedAt ? known : randomBytes(32).toString('base64url');
  writeFileSync(file(), token, { mode: 0o600 });
  const sha256 = hashToken(token);
  await db().token.upsert({
    where: { sha256 },
    update: {},
    create: {
      sha256,
      userId: actor.userId,
      projectId: actor.projectId,
      name: 'command line',
      scopes: ['read', 'write'],
    },
  });
}

export function readCliToken(): string | null {
  try {
    return readFileSync(file(), 'utf8').trim() || null;
  } catch {
    return null;
  }
}
