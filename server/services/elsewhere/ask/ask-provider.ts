import type { Prisma, RemoteAnswer, RemoteSearch } from '@/generated/prisma/client';
import { asJson, db } from '@/server/db/client';
import { newId } from '@/server/db/uuid';
import { isDatabaseAway } from '@/server/errors';
import { logger } from '@/server/log';
import { FOUND_MAX } from '@/server/schemas/elsewhere';
import { readBatch } from '../../datasets/import/read-batch';
import { SourceFault } from '../../datasets/import/source-fault';
import { AnsweredLater } from '../../datasets/import/sources/try-again';
import { RemoteFault } from '../../remote/fetch-address';
import { type AskedPage, type AskPatience, askPage, usualAskPatience } from './ask-page';
import { Refused } from './fetch-json';
import { inTurn } from './host-turn';

/** Of one page, the tries and pauses together. */
const DEADLINE_MS = 75_000;
const NOTES_MAX = 12;

/** Asks one server for its next page and keeps what it gives. False where it was told to stop before that. */
export async function askProvider(
  answerId: string,
  signal: AbortSignal,
  patience: AskPatience = usualAskPatience,
): Promise<boolean> {
  const answer = await db().remoteAnswer.findUnique({ where: { id: answerId }, include: { search: true } });
  if (answer?.state !== 'asking') return true;
  try {
    const page = await inTurn(new URL(answer.url).host, () => {
      const clock = AbortSignal.timeout(DEADLINE_MS);
      return askPage(answer, answer.search, { signal: AbortSignal.any([signal, clock]), patience });
    });
    if (signal.aborted) return false;
    await keepPage(answer, page);
  } catch (err) {
    if (signal.aborted) return false;
    const sentence = sentenceOf(err);
    // After the faults of servers: their words may be those of a database that is away.
    if (sentence === null && isDatabaseAway(err)) throw err;
    if (sentence === null) logger.error({ err, url: answer.url }, 'a server of OPTIMADE could not be asked');
    const failure = sentence ?? 'Reading it met a fault that was not foreseen; the log on the server says more.';
    await db().remoteAnswer.updateMany({
      where: { id: answerId, state: 'asking' },
      data: { state: 'failed', failure },
    });
  }
  return true;
}

/** What a person reads: what, why and what to do. Null for what nobody foresaw. */
function sentenceOf(err: unknown): string | null {
  if (err instanceof Refused && [400, 422, 501].includes(err.status))
    return `${err.message} It does not understand this search; try a simpler one, or search it alone.`;
  if (err instanceof Refused) return `${err.message} Check its address, or switch it off.`;
  if (err instanceof AnsweredLater)
    return `${err.message} ${err.status === 429 ? 'It is asked too often' : 'It has a fault at this moment'}; ask it again later.`;
  if (err instanceof RemoteFault) return err.isPassing ? `${err.message} Ask it again later.` : err.message;
  if (err instanceof SourceFault) return err.message;
  const { name } = err as Error;
  if (name === 'AbortError' || name === 'TimeoutError') return 'It has not answered in time. Ask it again later.';
  return null;
}

/** Entries that are no structures are counted, and do not stop the others. */
async function keepPage(answer: RemoteAnswer & { search: RemoteSearch }, page: AskedPage): Promise<void> {
  const { id: answerId, searchId, search } = answer;
  const room = Math.max(0, FOUND_MAX - (await db().remoteEntry.count({ where: { searchId } })));
  const rows: Prisma.RemoteEntryCreateManyInput[] = [];
  let refused = 0;
  for (const line of await readBatch(page.entries)) {
    if (line.is === 'refused') refused += 1;
    if (line.is !== 'entry') continue;
    const { key, formulaReduced, elementCount, siteCount, spaceGroupNumber, structureHash, attributes } = line.entry;
    if (siteCount < (search.sitesMin ?? 1) || siteCount > (search.sitesMax ?? Number.POSITIVE_INFINITY)) continue;
    const id = newId();
    rows.push({
      ...{ id, groupId: id, searchId, answerId, key, elementCount, siteCount, spaceGroupNumber },
      formula: formulaReduced,
      structureHash: structureHash ?? '',
      attributes: asJson(attributes),
    });
  }
  const isFull = rows.length > room;
  const full = `This search holds ${FOUND_MAX} entries, the most that are kept. Bring its database whole to see all.`;
  const notes = [...new Set([...answer.notes, ...page.notes, ...(isFull ? [full] : [])])].slice(0, NOTES_MAX);
  await db().$transaction(async (tx) => {
    // Of two workers that read the same page one keeps it.
    const { count } = await tx.remoteAnswer.updateMany({
      where: { id: answerId, state: 'asking', pages: answer.pages },
      data: {
        state: 'answered',
        pages: { increment: 1 },
        refused: { increment: refused },
        total: page.total ?? answer.total,
        next: isFull ? null : page.next,
        visited: { push: page.url },
        latencyMs: page.latencyMs,
        failure: null,
        notes,
      },
    });
    if (count === 0) return;
    const { count: kept } = await tx.remoteEntry.createMany({ data: rows.slice(0, room), skipDuplicates: true });
    await tx.remoteAnswer.update({ where: { id: answerId }, data: { found: { increment: kept } } });
  });
}
