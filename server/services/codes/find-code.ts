import type { ComputerCode } from '@/generated/prisma/client';
import { db } from '@/server/db/client';

/** The code of a program that jobs of a project use on a computer: one that it sees, entered by hand before found, the newest first. */
export const findCode = (
  { projectId }: { projectId: string },
  computerId: string,
  program: string,
): Promise<ComputerCode | null> =>
  db().computerCode.findFirst({
    where: { computerId, program, OR: [{ projectId: null }, { projectId }] },
    orderBy: [{ isByHand: 'desc' }, { foundAt: 'desc' }],
  });
