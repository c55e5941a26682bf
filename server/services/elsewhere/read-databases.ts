import { isObject } from '../datasets/import/read-entry';
import { optimadeBase } from '../datasets/import/sources/optimade';
import { RemoteFault, readAddress } from '../remote/fetch-address';
import { fetchJson } from './ask/fetch-json';

interface Database {
  name: string;
  url: string;
}

/** Of indexes that an index names: the list of all providers is one of such. */
const DEPTH_MAX = 2;
const DATABASES_MAX = 60;
const REQUESTS_MAX = 60;

/** The databases that an index of OPTIMADE names; null where the address is no index, or does not say so. */
export async function readDatabases(url: string): Promise<Database[] | null> {
  const asked = { count: 0 };
  if (!(await isIndex(url, asked))) return null;
  const found = new Map<string, Database>();
  await gather(url, { depth: 0, found, asked });
  return [...found.values()];
}

interface Gathering {
  depth: number;
  found: Map<string, Database>;
  asked: { count: number };
}

async function gather(url: string, { depth, found, asked }: Gathering): Promise<void> {
  for (const { name, url: base, isChild } of await linksOf(url, asked)) {
    if (found.size >= DATABASES_MAX || asked.count >= REQUESTS_MAX) return;
    if (isChild) found.set(base, { name, url: base });
    else if (depth < DEPTH_MAX && base !== url) await gather(base, { depth: depth + 1, found, asked });
  }
}

async function isIndex(url: string, asked: { count: number }): Promise<boolean> {
  const info = await read(`${url}/info`, asked);
  const data = isObject(info) && isObject(info.data) ? info.data : {};
  const attributes = isObject(data.attributes) ? data.attributes : {};
  return attributes.is_index === true;
}

interface Link extends Database {
  isChild: boolean;
}

async function linksOf(url: string, asked: { count: number }): Promise<Link[]> {
  const answer = await read(`${url}/links`, asked);
  const data = isObject(answer) && Array.isArray(answer.data) ? answer.data : [];
  return data.slice(0, DATABASES_MAX).flatMap((link): Link[] => {
    const attributes = isObject(link) && isObject(link.attributes) ? link.attributes : {};
    const { name, base_url: base, link_type: type } = attributes;
    const text = isObject(base) ? base.href : base;
    if (typeof text !== 'string' || (type !== 'child' && type !== 'external')) return [];
    try {
      const home = readAddress(text);
      const title = typeof name === 'string' && name.trim() !== '' ? name.trim().slice(0, 100) : home.hostname;
      return [{ name: title, url: optimadeBase(text), isChild: type === 'child' }];
    } catch (err) {
      if (err instanceof RemoteFault) return [];
      throw err;
    }
  });
}

/** Null where there is no answer: one that does not answer hides no other. */
async function read(url: string, asked: { count: number }): Promise<unknown> {
  asked.count += 1;
  return fetchJson(url, AbortSignal.timeout(10_000)).then(
    ({ body }) => body,
    () => null,
  );
}
