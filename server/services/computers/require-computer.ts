import type { Computer, ComputerCode } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import { type ComputerDetail, type ComputerTest, computerSettingsSchema } from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { projectScope } from '../scope';

export type ComputerRow = Computer & { codes: ComputerCode[] };

/** A computer that the project sees: its own, or one of the platform's. */
export async function requireComputer(actor: Actor, id: string): Promise<ComputerRow> {
  const scope = await projectScope(actor, 'read');
  const row = await db().computer.findFirst({
    where: { id, OR: [{ projectId: null }, scope] },
    include: { codes: { where: { OR: [{ projectId: null }, scope] }, orderBy: { program: 'asc' } } },
  });
  if (!row) throw notFound('The computer');
  return row;
}

/** A computer of the project that the actor may change: a command that runs there is its owner's business. */
export async function requireOwnComputer(actor: Actor, id: string): Promise<ComputerRow> {
  await requireOwner(actor);
  const row = await requireComputer(actor, id);
  if (row.key !== null)
    throw new AppError('conflict', 'the machine of the platform', {
      userMessage: 'This is the machine of the platform: it is always there, and needs no test.',
    });
  if (row.projectId !== actor.projectId) throw notFound('The computer');
  return row;
}

export async function requireOwner(actor: Actor): Promise<{ projectId: string }> {
  const scope = await projectScope(actor, 'write');
  const { userId, projectId } = actor;
  const { role } = await db().membership.findUniqueOrThrow({ where: { userId_projectId: { userId, projectId } } });
  if (role !== 'owner')
    throw new AppError('forbidden', `a ${role} may not change computers`, {
      userMessage: 'Only an owner of the project may add or change its computers.',
    });
  return scope;
}

export function toComputerDetail(row: ComputerRow): ComputerDetail {
  const isOwn = row.key !== null;
  const own = { transport: { kind: 'local' }, scheduler: { kind: 'direct' } };
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    settings: computerSettingsSchema.parse(isOwn ? own : row.settings),
    cores: row.cores,
    memoryBytes: Number(row.memoryBytes),
    jobsMax: row.jobsMax,
    isEnabled: row.isEnabled,
    isOwn,
    hostKeys: row.hostKeys as Record<string, string>,
    hasStoredKey: row.secret !== null,
    test: readTest(row.test),
    codes: row.codes.map(({ id, program, version, path, prependText, modules, isByHand, foundAt }) => ({
      ...{ id, program, version, path, prependText, modules, isByHand, foundAt },
    })),
  };
}

function readTest(stored: Computer['test']): ComputerTest | null {
  if (stored === null) return null;
  const test = stored as unknown as Omit<ComputerTest, 'testedAt'> & { testedAt: string };
  return { ...test, testedAt: new Date(test.testedAt) };
}
