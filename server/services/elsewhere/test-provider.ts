import type { ProviderTest } from '@/server/schemas/elsewhere';
import type { Actor } from '../actor';
import { readBatch } from '../datasets/import/read-batch';
import { isObject } from '../datasets/import/read-entry';
import { versionOf } from '../datasets/import/sources/optimade';
import { projectScope } from '../scope';
import { fetchJson } from './ask/fetch-json';
import { inTurn } from './ask/host-turn';
import { requireProvider } from './providers';

type Step = ProviderTest['steps'][number];

/** Asks a server what it is, and for one structure; what it says of itself is not needed for that. */
export async function testProvider(actor: Actor, { id }: { id: string }): Promise<ProviderTest> {
  const scope = await projectScope(actor, 'write');
  const { url } = await requireProvider(scope, id);
  const host = new URL(url).host;
  const info = await attempt('info', async () => {
    const { body, latencyMs } = await inTurn(host, () => fetchJson(`${url}/info`));
    const version = versionOf(body)?.slice(0, 40) ?? null;
    if (version === null) return { isGood: true, text: 'It does not say its version.', latencyMs };
    const isGood = /^v?1\b/.test(version);
    return { isGood, text: `OPTIMADE ${version}${isGood ? '' : '; versions 1.x are read'}`, latencyMs };
  });
  const structure = await attempt('structure', async () => {
    const { body, latencyMs } = await inTurn(host, () => fetchJson(`${url}/structures?page_limit=1`));
    const data = isObject(body) && Array.isArray(body.data) ? body.data : [];
    const [line] = await readBatch(data.slice(0, 1).map((entry) => JSON.stringify(entry)));
    if (line?.is === 'entry') return { isGood: true, text: `One of ${line.entry.formulaReduced} was read.`, latencyMs };
    return { isGood: false, text: line?.is === 'refused' ? line.why : 'It gave no structure.', latencyMs };
  });
  return { steps: [info, structure] };
}

async function attempt(name: Step['name'], act: () => Promise<Omit<Step, 'name'>>): Promise<Step> {
  try {
    return { name, ...(await act()) };
  } catch (err) {
    return { name, isGood: false, text: (err as Error).message, latencyMs: null };
  }
}
