import { createHash } from 'node:crypto';
import { AppError } from '@/server/errors';
import type { FrozenEntry, SetChange, SetComparison } from '@/server/schemas/result-sets';
import type { Actor } from '@/server/services/actor';
import { projectScope } from '@/server/services/scope';
import { foundRows } from '../found-rows';
import { keptLines, setLines } from './set-lines';
import { requireSet } from './set-row';

const NAMED_MAX = 200;

/** What the query of a frozen result finds today, beside what it found then: entries that came, that are gone, and values that changed. */
export async function compareSet(actor: Actor, { id }: { id: string }): Promise<SetComparison> {
  const row = await requireSet(await projectScope(actor, 'read'), id);
  if (row.datasetId === null)
    throw new AppError('blocked', 'the dataset is gone', {
      userMessage: `The database ${row.datasetTitle} is not here any more: the frozen result stays, and is compared with nothing.`,
    });
  const { dataset, numbers } = await foundRows(actor, { id: row.datasetId }, row.search);
  const then = new Map<string, string>();
  for await (const line of keptLines(row.sha256)) then.set(keyOf(line), line);
  const hash = createHash('sha256');
  const differences = new Differences();
  for await (const whole of setLines(dataset.id, numbers)) {
    hash.update(whole);
    const line = whole.slice(0, -1);
    const key = keyOf(line);
    const before = then.get(key);
    then.delete(key);
    if (before === undefined) differences.added(key);
    else if (before !== line) differences.changed(before, line);
  }
  for (const key of then.keys()) differences.gone(key);
  const sha256 = hash.digest('hex');
  const isSame = sha256 === row.sha256;
  return {
    ...{ version: dataset.version, revision: dataset.revision, sha256, isSame },
    isReordered: !isSame && differences.count === 0,
    ...differences.found,
  };
}

const keyOf = (line: string): string => (JSON.parse(line) as FrozenEntry).key;

class Differences {
  readonly found = {
    added: { count: 0, keys: [] as string[] },
    gone: { count: 0, keys: [] as string[] },
    changed: { count: 0, entries: [] as SetChange[] },
  };

  get count(): number {
    const { added, gone, changed } = this.found;
    return added.count + gone.count + changed.count;
  }

  added(key: string): void {
    this.name(this.found.added, key);
  }

  gone(key: string): void {
    this.name(this.found.gone, key);
  }

  changed(before: string, now: string): void {
    const { changed } = this.found;
    changed.count += 1;
    if (changed.entries.length < NAMED_MAX) changed.entries.push(changesOf(JSON.parse(before), JSON.parse(now)));
  }

  private name(list: { count: number; keys: string[] }, key: string): void {
    list.count += 1;
    if (list.keys.length < NAMED_MAX) list.keys.push(key);
  }
}

/** A failure counts as a value of its own: "failed: why". */
function changesOf(before: FrozenEntry, now: FrozenEntry): SetChange {
  const [old, fresh] = [valuesOf(before), valuesOf(now)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])];
  return {
    key: now.key,
    changes: names
      .map((name) => ({ name, before: old[name] ?? null, now: fresh[name] ?? null }))
      .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.now)),
  };
}

const valuesOf = ({ key: _, properties, failures, ...rest }: FrozenEntry): Record<string, unknown> => ({
  ...rest,
  ...Object.fromEntries(Object.entries(failures).map(([name, why]) => [name, `failed: ${why}`])),
  ...properties,
});
