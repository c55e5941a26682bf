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
  const tag = input.tag?.trim();
  const where: Prisma.CalculationWhereInput = {
    ...scope,
    ...withPage,
    ...(input.cursor ? { id: { lt: input.cursor } } : {}),
    ...(input.formula?.trim() ? { formula: reduceFormula(input.formula) } : {}),
    ...(input.text?.trim() ? { label: { contains: escapeLike(input.text.trim()), mode: 'insensitive' } } : {}),
    ...(input.createdFrom || input.createdTo
      ? { createdAt: { gte: input.createdFrom ?? undefined, lt: input.createdTo ?? undefined } }
      : {}),
    ...(input.states?.length || tag
      ? {
          processes: {
            some: {
              parentId: null,
              ...(input.states?.length ? { state: { in: input.states } } : {}),
              ...(tag ? { tags: { some: { name: tag } } } : {}),
            },
          },
        }
      : {}),
    ...(input.elements?.length ? { structure: { elements: { hasEvery: input.elements } } } : {}),
    ...(input.property?.trim() ? { properties: { has: input.property.trim() } } : {}),
  };
  const rows = await db().calculation.findMany({
    where,
    orderBy: { id: 'desc' },
    take: input.limit + 1,
    omit: { inputs: true },
    include: withRoot,
  });
  const ids = rows.map(({ id }) => id);
  const [disk, tags] = await Promise.all([diskUseOf(ids), tagsOf(ids)]);
  return toPage(rows, input.limit, (row) => ({
    ...toCalculationSummary(row),
    disk: disk.get(row.id)!,
    tags: tags.get(row.id) ?? [],
  }));
}

/** The tags of calculations are those of their root processes. */
async function tagsOf(ids: string[]): Promise<Map<string, string[]>> {
  const rows = await db().nodeTag.findMany({
    where: { processId: { in: ids } },
    select: { processId: true, name: true },
    orderBy: { name: 'asc' },
  });
  const tags = new Map<string, string[]>();
  for (const { processId, name } of rows) tags.set(processId!, [...(tags.get(processId!) ?? []), name]);
  return tags;
}

/** Prisma hands the text to LIKE as it stands; a person who types % or _ means the character. */
export const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');
