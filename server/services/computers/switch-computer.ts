import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { ComputerDetail } from '@/server/schemas/computers';
import type { Actor } from '../actor';
import { getComputer } from './get-computer';
import { requireOwnComputer, toComputerDetail } from './require-computer';

/** Lets a computer take jobs, or no new ones. Only one whose test passed can be enabled. */
export async function switchComputer(
  actor: Actor,
  { id, isEnabled }: { id: string; isEnabled: boolean },
): Promise<ComputerDetail> {
  const { test } = toComputerDetail(await requireOwnComputer(actor, id));
  if (isEnabled && !test?.isPassed)
    throw new AppError('blocked', 'the test of the computer has not passed', {
      userMessage: 'Test this computer first: it can be enabled when all steps have passed.',
    });
  await db().computer.update({ where: { id }, data: { isEnabled } });
  return getComputer(actor, { id });
}
