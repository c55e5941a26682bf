import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireApp } from './app-row';
import { endVisits } from './end-visits';

/** Takes an app back: its address leads nowhere any more, and what its visitors have open ends. The notebook stays. */
export async function unpublishApp(actor: Actor, { name }: { name: string }): Promise<{ name: string }> {
  const row = await requireApp(await projectScope(actor, 'write'), name);
  if (row.userId !== actor.userId)
    throw new AppError('forbidden', 'the app of another', {
      userMessage: 'Only who published an app takes it back.',
    });
  await endVisits(row.id);
  await db().app.delete({ where: { id: row.id } });
  return { name };
}
