import { printJson } from '../arguments';
import { asking, connect } from '../client';

/** Saved queries and frozen results. */
export async function listKept(asJson: boolean): Promise<number> {
  const client = connect();
  const [queries, sets] = await Promise.all([
    asking(client.savedQueries.list.query()),
    asking(client.resultSets.list.query()),
  ]);
  if (asJson) printJson({ queries, sets });
  else {
    for (const { id, name, dataset, search } of queries)
      process.stdout.write(`${id}  query   ${dataset.slug}  ${name}  ${search}\n`);
    for (const { id, name, dataset, entryCount, sha256 } of sets)
      process.stdout.write(`${id}  frozen  ${dataset.slug}  ${name}  ${entryCount} entries, SHA-256 ${sha256}\n`);
  }
  return 0;
}

interface Keeping {
  slug: string;
  name: string;
  search: string;
}

export async function saveQuery(keeping: Keeping, asJson: boolean): Promise<number> {
  const made = await asking(connect().savedQueries.save.mutate(keeping));
  if (asJson) printJson(made);
  else process.stdout.write(`${made.id}\n`);
  return 0;
}

export async function freezeResult(keeping: Keeping, asJson: boolean): Promise<number> {
  const made = await asking(connect().resultSets.freeze.mutate(keeping));
  if (asJson) printJson(made);
  else
    process.stdout.write(`${made.id}: ${made.entryCount} entries, SHA-256 ${made.sha256}\n/explore/sets/${made.id}\n`);
  return 0;
}

/** The exit status is 1 where today's result is another. */
export async function compareResult(id: string, asJson: boolean): Promise<number> {
  const found = await asking(connect().resultSets.compare.query({ id }));
  const { isSame, isReordered, added, gone, changed } = found;
  if (asJson) printJson(found);
  else if (isSame) process.stdout.write('the same\n');
  else if (isReordered) process.stdout.write('the same entries in another order\n');
  else {
    process.stdout.write(`${added.count} added, ${gone.count} gone, ${changed.count} changed\n`);
    for (const key of added.keys) process.stdout.write(`+ ${key}\n`);
    for (const key of gone.keys) process.stdout.write(`- ${key}\n`);
    for (const { key, changes } of changed.entries)
      for (const { name, before, now } of changes)
        process.stdout.write(`~ ${key}  ${name}: ${JSON.stringify(before)} -> ${JSON.stringify(now)}\n`);
  }
  return isSame ? 0 : 1;
}

export async function forget(id: string): Promise<number> {
  const client = connect();
  const sets = await asking(client.resultSets.list.query());
  if (sets.some((one) => one.id === id)) await asking(client.resultSets.remove.mutate({ id }));
  else await asking(client.savedQueries.remove.mutate({ id }));
  return 0;
}
