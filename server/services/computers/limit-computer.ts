import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { ComputerDetail } from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { getComputer } from './get-computer';
import { requireComputer, requireOwner } from './require-computer';

/** How many jobs may be on a computer at once, on the platform's own machine too. Those that run already run on. */
export async function limitComputer(
  actor: Actor,
  { id, jobsMax }: { id: string; jobsMax: number | null },
): Promise<ComputerDetail> {
  const { projectId } = await requireOwner(actor);
  const row = await requireComputer(actor, id);
  if (row.key === null && row.projectId !== projectId) throw notFound('The computer');
  await db().computer.update({ where: { id }, data: { jobsMax } });
  return getComputer(actor, { id });
}
