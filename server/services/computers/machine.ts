import { hostname } from 'node:os';
import type { Computer } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import type { Machine } from '../calculations/resolve/notices';
import { findCode } from '../codes/find-code';

/** The computer a draft names, if it takes jobs, or the platform's own on this host; null before the first worker has started. */
export async function findMachine(scope: { projectId: string }, computerId: string | null): Promise<Machine | null> {
  const row = computerId
    ? await db().computer.findFirst({ where: { id: computerId, isEnabled: true, OR: [{ projectId: null }, scope] } })
    : ((await db().computer.findFirst({ where: { key: `local:${hostname()}` } })) ??
      (await db().computer.findFirst({ where: { projectId: null }, orderBy: { id: 'asc' } })));
  if (!row) return null;
  const { id, name, cores } = row;
  return { id, name, cores, memoryBytes: Number(row.memoryBytes), espresso: await espressoOn(scope, row) };
}

/** The version of Quantum ESPRESSO that jobs of a project find on a computer; null where there is none. */
export async function espressoOn(
  scope: { projectId: string },
  { id, key, programs }: Computer,
): Promise<string | null> {
  if (key === null) return (await findCode(scope, id, 'espresso'))?.version ?? null;
  return (programs as { espresso?: { version: string } }).espresso?.version ?? null;
}
