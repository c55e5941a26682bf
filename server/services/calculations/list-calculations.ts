import type { Prisma } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import type { ListCalculationsInput, ListedCalculation } from '@/server/schemas/calculation';
import type { Page } from '@/server/schemas/common';
import type { Actor } from '../actor';
import { toPage } from '../page';
import { projectScope } from '../scope';
import { toCalculationSummary, withPage, withRoot } from './calculation-row';
import { diskUseOf } from './disk-use';
import { reduceFormula } from './reduce-formula';

/** Filtered and paged in SQL, the newest first. */
export async function listCalculations(actor: Actor, input: ListCalculationsInput): Promise<Page<ListedCalculation>> {
  const scope = await projectScope(actor, 'read');
  const where: Prisma.CalculationWhereInput = {
    ...scope,
    ...withPage,
    ...(input.cursor ? { id: { lt: input.cursor } } : {}),
    ...(input.formula?.trim() ? { formula: reduceFormula(input.formula) } : {}),
    ...(input.text?.trim() ? { label: { contains: escapeLike(input.text.trim()), mode: 'insensitive' } } : {}),
    ...(input.createdFrom || input.createdTo
      ? { createdAt: { gte: input.createdFrom ?? undefined, lt: input.createdTo ?? undefined } }
      : {}),
    ...(input.states?.length ? { processes: { some: { parentId: null, state: { in: input.states } } } } : {}),
  };
  const rows = await db().calculation.findMany({
    where,
    orderBy: { id: 'desc' },
    take: input.limit + 1,
    omit: { inputs: true },
    include: withRoot,
  });
  const disk = await diskUseOf(rows.map(({ id }) => id));
  return toPage(rows, input.limit, (row) => ({ ...toCalculationSummary(row), disk: disk.get(row.id)! }));
}

/** Prisma hands the text to LIKE as it stands; a person who types % or _ means the character. */
export const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');
