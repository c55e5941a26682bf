import type { Calculation } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import { type CalculationRow, withPage, withRoot } from './calculation-row';

/** The row with its root process, or 404 for one of another project. */
export async function requireCalculation(
  scope: { projectId: string },
  id: string,
): Promise<CalculationRow & Calculation> {
  const row = await db().calculation.findFirst({ where: { ...scope, ...withPage, id }, include: withRoot });
  if (!row) throw notFound('The calculation');
  return row;
}
