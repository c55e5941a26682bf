import type { z } from 'zod';
import type { RemoteAnswer as AnswerRow, RemoteSearch as SearchRow } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { AppError, notFound } from '@/server/errors';
import type {
  goOnSchema,
  RemoteAnswer,
  RemoteSearch,
  RemoteSearchSummary,
  startSearchSchema,
} from '@/server/schemas/elsewhere';
import { FOUND_MAX, SEARCH_DAYS } from '@/server/schemas/elsewhere';
import { emptyQuery } from '@/server/schemas/explorer/query';
import { toOptimade } from '@/server/schemas/explorer/to-optimade';
import type { Actor } from '../actor';
import { enqueue } from '../calculations/enqueue';
import { projectScope } from '../scope';
import { providerRows } from './providers';

/** The name of the workflow that asks one server for one page; the worker's. Its argument is the answer's id. */
export const REMOTE_ASK = 'remote-ask';
const LISTED_MAX = 20;

/** Asks all servers that are switched on, or those that are named, at once. */
export async function startSearch(
  actor: Actor,
  { text, sitesMin, sitesMax, providerIds }: z.infer<typeof startSearchSchema>,
): Promise<{ id: string }> {
  const scope = await projectScope(actor, 'compute');
  if (sitesMin != null && sitesMax != null && sitesMin > sitesMax)
    throw new AppError('bad-input', 'limits of sites crossed', {
      userMessage: 'The least number of sites is larger than the most. Exchange them.',
    });
  const asked = (await providerRows(scope)).filter(({ id, isEnabled }) =>
    providerIds ? providerIds.includes(id) : isEnabled,
  );
  if (asked.length === 0)
    throw new AppError('blocked', 'no server to ask', {
      userMessage: 'All servers are switched off. Switch on at least one that is to be asked.',
    });
  const { filter } = toOptimade({ ...emptyQuery, text }, [], []);
  const id = newId();
  await db().$transaction(async (tx) => {
    await tx.remoteSearch.create({
      data: { id, ...scope, text, filter, sitesMin: sitesMin ?? null, sitesMax: sitesMax ?? null },
    });
    for (const { name, url } of asked) {
      const answer = await tx.remoteAnswer.create({ data: { id: newId(), searchId: id, name, url } });
      await enqueue(tx, answer.id, 'high', REMOTE_ASK);
    }
  });
  return { id };
}

/** The newest searches of the project. */
export async function listSearches(actor: Actor): Promise<RemoteSearchSummary[]> {
  const scope = await projectScope(actor, 'read');
  const rows = await db().remoteSearch.findMany({ where: scope, orderBy: { id: 'desc' }, take: LISTED_MAX });
  return rows.map(toSummary);
}

/** A search with how far each server has answered. */
export async function getSearch(actor: Actor, { id }: { id: string }): Promise<RemoteSearch> {
  const row = await requireSearch(await projectScope(actor, 'read'), id);
  const [answers, compared] = await Promise.all([
    db().remoteAnswer.findMany({ where: { searchId: id }, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    db().remoteEntry.groupBy({ by: ['comparison'], where: { searchId: id }, _count: true }),
    // Looked at today, it stays.
    db().remoteSearch.updateMany({ where: { id, usedAt: { lt: daysAgo(1) } }, data: { usedAt: new Date() } }),
  ]);
  const countOf = (state: 'waiting' | 'skipped') =>
    compared.find(({ comparison }) => comparison === state)?._count ?? 0;
  return {
    ...toSummary(row),
    answers: answers.map(toAnswer),
    uncompared: { waiting: countOf('waiting'), skipped: countOf('skipped') },
  };
}

const toSummary = ({ id, text, filter, sitesMin, sitesMax, createdAt }: SearchRow): RemoteSearchSummary => ({
  ...{ id, text, filter, sitesMin, sitesMax, createdAt },
});

const toAnswer = (row: AnswerRow): RemoteAnswer => {
  const { id, name, url, state, found, refused, total, latencyMs, failure, notes } = row;
  return { id, name, url, state, found, refused, total, hasMore: row.next !== null, latencyMs, failure, notes };
};

/** The next page of one server; the same page again of one that failed. */
export async function goOnSearch(actor: Actor, { id, answerId }: z.infer<typeof goOnSchema>): Promise<void> {
  await requireSearch(await projectScope(actor, 'compute'), id);
  const answer = await db().remoteAnswer.findFirst({ where: { id: answerId, searchId: id } });
  if (!answer) throw notFound('The answer');
  if (answer.state === 'answered' && answer.next === null)
    throw new AppError('conflict', 'the answer is whole', { userMessage: 'This server has no more to give.' });
  if ((await db().remoteEntry.count({ where: { searchId: id } })) >= FOUND_MAX)
    throw new AppError('too-large', 'the search is full', {
      userMessage: `This search holds ${FOUND_MAX} entries, the most that are kept. Narrow it, or bring the database whole.`,
    });
  await db().$transaction(async (tx) => {
    const { count } = await tx.remoteAnswer.updateMany({
      where: { id: answerId, state: { not: 'asking' } },
      data: { state: 'asking', failure: null },
    });
    if (count === 1) await enqueue(tx, answerId, 'high', REMOTE_ASK, newId());
  });
}

export async function removeSearch(actor: Actor, { id }: { id: string }): Promise<void> {
  const scope = await projectScope(actor, 'compute');
  const { count } = await db().remoteSearch.deleteMany({ where: { id, ...scope } });
  if (count === 0) throw notFound('The search');
}

/** Searches that nobody has looked at for long. Gives how many went. */
export async function sweepSearches(): Promise<number> {
  return (await db().remoteSearch.deleteMany({ where: { usedAt: { lt: daysAgo(SEARCH_DAYS) } } })).count;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

export async function requireSearch(scope: { projectId: string }, id: string): Promise<SearchRow> {
  const row = await db().remoteSearch.findFirst({ where: { id, ...scope } });
  if (!row) throw notFound('The search');
  return row;
}
