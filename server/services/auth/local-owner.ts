import { db } from '@/server/db/client';
import { derivedId } from '@/server/db/uuid';
import type { Actor } from '../actor';

const userId = derivedId('local mode', 'user');
const projectId = derivedId('local mode', 'project');

/** The one person of local mode and their project. */
export const localOwner: Actor = { userId, projectId, scopes: null };

/** Makes both at the first start. */
export async function ensureLocalOwner(): Promise<Actor> {
  await db().$transaction(async (tx) => {
    await tx.$executeRaw`INSERT INTO "User" ("id", "name") VALUES (${userId}::uuid, 'You') ON CONFLICT DO NOTHING`;
    await tx.$executeRaw`INSERT INTO "Project" ("id", "name") VALUES (${projectId}::uuid, 'My project') ON CONFLICT DO NOTHING`;
    await tx.$executeRaw`INSERT INTO "Membership" ("userId", "projectId", "role")
      VALUES (${userId}::uuid, ${projectId}::uuid, 'owner') ON CONFLICT DO NOTHING`;
  });
  return localOwner;
}
