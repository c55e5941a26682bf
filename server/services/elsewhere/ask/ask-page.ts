import { setTimeout as sleep } from 'node:timers/promises';
import type { RemoteAnswer, RemoteSearch } from '@/generated/prisma/client';
import { PAGE_LIMIT, wholeFilter } from '@/server/schemas/elsewhere';
import { isObject } from '../../datasets/import/read-entry';
import { SourceFault } from '../../datasets/import/source-fault';
import { laterFields, nextPage, standardFields } from '../../datasets/import/sources/optimade';
import { RemoteFault } from '../../remote/fetch-address';
import { fetchJson, type JsonAnswer, passing, Refused } from './fetch-json';

/** How often a server that does not answer is asked again, with pauses that double. */
export interface AskPatience {
  triesMax: number;
  firstPauseMs: number;
  /** A server that wants to be left alone for longer is not waited for. */
  pauseMaxMs: number;
}
export const usualAskPatience: AskPatience = { triesMax: 3, firstPauseMs: 1_000, pauseMaxMs: 10_000 };

export interface AskedPage {
  /** As JSON, one text each. */
  entries: string[];
  next: string | null;
  total: number | null;
  latencyMs: number;
  /** The address that was asked. */
  url: string;
  notes: string[];
}

/** Some send all that they have, whatever is asked for. */
const ENTRIES_MAX = 1_000;

interface Asking {
  signal: AbortSignal;
  patience: AskPatience;
}

type Place = Pick<RemoteAnswer, 'url' | 'next' | 'pages' | 'visited'>;
type Question = Pick<RemoteSearch, 'filter' | 'sitesMin' | 'sitesMax'>;

/** The next page of a server's answer. Throws RemoteFault, SourceFault, Refused or AnsweredLater. */
export async function askPage(answer: Place, search: Question, asking: Asking): Promise<AskedPage> {
  const forms = answer.next === null ? firstPages(answer.url, search) : [{ url: answer.next, cut: [] }];
  for (const [i, { url, cut }] of forms.entries()) {
    try {
      const given = await again(asking, () => fetchJson(url, asking.signal));
      return readPage(given, { asked: url, notes: cut, answer });
    } catch (err) {
      const isForm = err instanceof Refused && [400, 403, 414, 422, 501].includes(err.status);
      if (!isForm || i === forms.length - 1) throw err;
    }
  }
  throw new SourceFault('It gives no structures.');
}

const words = {
  later: 'It does not know the fields of later versions: space groups are not asked for.',
  fields: 'It does not take a choice of fields: whole entries are read.',
  limit: `It does not take pages of ${PAGE_LIMIT}: its own are read.`,
  sites: 'It cannot filter by the number of sites: those that do not fit are left out here.',
};

/** The whole question first; then, for servers that refuse an optional part of it, without one part after the other. */
function firstPages(base: string, search: Question): { url: string; cut: string[] }[] {
  const whole = wholeFilter(search);
  const form = (asked: { filter: string; fields?: string[]; isLimited?: boolean }, cut: string[]) => {
    const query = new URLSearchParams({
      ...(asked.filter === '' ? {} : { filter: asked.filter }),
      ...(asked.isLimited ? { page_limit: String(PAGE_LIMIT) } : {}),
      ...(asked.fields ? { response_fields: asked.fields.join(',') } : {}),
    });
    return { url: `${base}/structures?${query}`.replace(/\?$/, ''), cut };
  };
  const { later, fields, limit, sites } = words;
  const forms = [
    form({ filter: whole, fields: [...standardFields, ...laterFields], isLimited: true }, []),
    form({ filter: whole, fields: [...standardFields], isLimited: true }, [later]),
    form({ filter: whole, isLimited: true }, [fields]),
    form({ filter: whole }, [fields, limit]),
  ];
  if (whole !== search.filter) forms.push(form({ filter: search.filter }, [fields, limit, sites]));
  return forms;
}

async function again(asking: Asking, act: () => Promise<JsonAnswer>): Promise<JsonAnswer> {
  const { patience, signal } = asking;
  for (let n = 1; ; n++) {
    try {
      return await act();
    } catch (err) {
      const may = passing(err);
      const pauseMs = may?.pauseMs ?? patience.firstPauseMs * 2 ** (n - 1);
      if (!may || n >= patience.triesMax || pauseMs > patience.pauseMaxMs) throw err;
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

interface Reading {
  asked: string;
  notes: string[];
  answer: Place;
}

function readPage({ body, url, latencyMs }: JsonAnswer, { asked, notes, answer }: Reading): AskedPage {
  if (!isObject(body) || !Array.isArray(body.data))
    throw new RemoteFault(
      'Its answer has no list of entries: it is no OPTIMADE server, or none with structures.',
      false,
    );
  const links = isObject(body.links) ? body.links : {};
  const meta = isObject(body.meta) ? body.meta : {};
  const named = isObject(links.next) ? links.next.href : links.next;
  const found = nextPage(typeof named === 'string' && named !== '' ? named : null, url, answer.url);
  const problems: string[] = [];
  let next = typeof found === 'string' ? found : null;
  if (found instanceof SourceFault) problems.push(`${found.message} It is not asked further.`);
  if (next !== null && [...answer.visited, asked].includes(next)) {
    next = null;
    problems.push('Its pages go round in a circle: it is not asked further.');
  }
  if (body.data.length > ENTRIES_MAX)
    problems.push(`It sent ${body.data.length} entries at once; the first ${ENTRIES_MAX} are taken.`);
  return {
    entries: body.data.slice(0, ENTRIES_MAX).map((entry) => JSON.stringify(entry)),
    next,
    total:
      Number.isSafeInteger(meta.data_returned) && Math.abs(meta.data_returned as number) < 2 ** 31
        ? (meta.data_returned as number)
        : null,
    latencyMs,
    url: asked,
    notes: [...notes, ...problems],
  };
}
