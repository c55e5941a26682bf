import { db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { WISH_CHANNEL } from './wishes';

/** Lets a job go on that paused because of its computer, once that is mended; its worker takes it up where it was. */
export async function goOn(actor: Actor, { id }: { id: string }): Promise<{ id: string }> {
  const scope = await projectScope(actor, 'write');
  const row = await db().process.findFirst({
    where: { ...scope, id },
    select: { state: true, failure: true, calculationId: true },
  });
  if (!row) throw notFound('The process');
  if (row.state !== 'paused' || row.failure === null)
    throw new AppError('conflict', `the process is ${row.state}`, {
      userMessage: `This step is ${row.state}, not paused for a reason of its own: there is nothing to go on with.`,
    });
  await db().process.updateMany({ where: { id, state: 'paused' }, data: { goOnRequestedAt: new Date() } });
  await db().$executeRaw`SELECT pg_notify(${WISH_CHANNEL}, ${row.calculationId})`;
  return { id };
}
