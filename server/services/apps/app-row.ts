import type { App, Prisma } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { notFound } from '@/server/errors';
import type { AppCategory, AppSummary } from '@/server/schemas/app/apps';
import { type AppInput, inputLanguage, readInputs } from '@/server/schemas/app/inputs';
import type { Language } from '@/server/schemas/notebook/literal';
import type { NotebookFile } from '@/server/schemas/notebook/nbformat';
import type { Actor } from '../actor';

export type AppRow = App & { user: { name: string } | null };

/** The project's apps, and those that come with the platform. */
export const reachable = (scope: { projectId: string }): Prisma.AppWhereInput => ({
  OR: [{ projectId: scope.projectId }, { projectId: null }],
});

/** The app at an address; one of the project's own hides one of the platform's. */
export async function requireApp(scope: { projectId: string }, name: string): Promise<AppRow> {
  const [row] = await db().app.findMany({
    where: { ...reachable(scope), name },
    include: { user: { select: { name: true } } },
    orderBy: { projectId: { sort: 'asc', nulls: 'last' } },
    take: 1,
  });
  if (!row) throw notFound('The app');
  return row;
}

export const fileOf = ({ file }: Pick<App, 'file'>): NotebookFile => file as unknown as NotebookFile;

export function toSummary(row: Omit<AppRow, 'file'>, actor: Actor): AppSummary {
  const { name, title, description, version, publishedAt, notebookId } = row;
  return {
    ...{ name, title, description, version, publishedAt, notebookId },
    category: row.category as AppCategory,
    runs: row.runs as AppSummary['runs'],
    author: row.projectId === null ? 'Brine' : (row.user?.name ?? 'Somebody who has left'),
    isMine: row.userId === actor.userId,
  };
}

/** The language in which a notebook declares inputs; null where it is one in which none are read. */
export function languageOf({ metadata }: NotebookFile): Language | null {
  const spec = metadata['kernelspec'] as { name?: unknown; language?: unknown } | undefined;
  return inputLanguage(String(spec?.language ?? '')) ?? inputLanguage(String(spec?.name ?? ''));
}

/** What its cells declare. The ids of its cells are those of the visits too. */
export function declarationsOf(file: NotebookFile) {
  const language = languageOf(file);
  const cells = file.cells.flatMap((cell) =>
    cell.cell_type === 'code' ? [{ cellId: cell.id ?? '', source: cell.source }] : [],
  );
  return language ? readInputs(cells, language) : { inputs: [] as AppInput[], faults: [] };
}
