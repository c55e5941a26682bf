import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { Actor } from '../actor';
import { requireOwnComputer } from './require-computer';

/** Removes a computer on which nothing was ever computed; others stay, since results name them. */
export async function removeComputer(actor: Actor, { id }: { id: string }): Promise<void> {
  await requireOwnComputer(actor, id);
  if ((await db().process.count({ where: { computerId: id } })) > 0)
    throw new AppError('conflict', `computer ${id} is used`, {
      userMessage:
        'Calculations name this computer as where they ran. It stays; disable it, and it takes no more jobs.',
    });
  await db().computer.delete({ where: { id } });
}
