import { hostname } from 'node:os';
import { db } from '@/server/db/client';
import type { Machine } from '../calculations/resolve/notices';

/** The computer a draft names, if it takes jobs, or the platform's own on this host; null before the first worker has started. */
export async function findMachine(scope: { projectId: string }, computerId: string | null): Promise<Machine | null> {
  const row = computerId
    ? await db().computer.findFirst({ where: { id: computerId, isEnabled: true, OR: [{ projectId: null }, scope] } })
    : ((await db().computer.findFirst({ where: { key: `local:${hostname()}` } })) ??
      (await db().computer.findFirst({ where: { projectId: null }, orderBy: { id: 'asc' } })));
  if (!row) return null;
  const { espresso } = row.programs as { espresso?: { version: string } };
  const { id, name, cores } = row;
  return { id, name, cores, memoryBytes: Number(row.memoryBytes), espresso: espresso?.version ?? null };
}
