import type { z } from 'zod';
import { db } from '@/server/db/client';
import type { AppSummary, listAppsSchema } from '@/server/schemas/app/apps';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { reachable, toSummary } from './app-row';

/** More than a register of cards could show. */
const APPS_MAX = 500;

/** The register: the project's apps and the platform's, by title. */
export async function listApps(
  actor: Actor,
  { text, category }: z.output<typeof listAppsSchema>,
): Promise<AppSummary[]> {
  const scope = await projectScope(actor, 'read');
  const words = (text ?? '').split(/\s+/).filter(Boolean).slice(0, 10);
  const rows = await db().app.findMany({
    where: {
      AND: [
        reachable(scope),
        ...words.map((word) => ({
          OR: (['title', 'description', 'name'] as const).map((field) => ({
            [field]: { contains: word.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' as const },
          })),
        })),
      ],
      ...(category ? { category } : {}),
    },
    omit: { file: true },
    include: { user: { select: { name: true } } },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
    take: APPS_MAX,
  });
  const own = new Set(rows.filter(({ projectId }) => projectId !== null).map(({ name }) => name));
  return rows.filter(({ projectId, name }) => projectId !== null || !own.has(name)).map((row) => toSummary(row, actor));
}
