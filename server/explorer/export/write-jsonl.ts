import { db } from '@/server/db/client';
import { API_VERSION } from '@/server/optimade/site';
import { writeEntry } from '@/server/optimade/structures/write-entry';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import { FAILURES } from '@/server/services/datasets/import/read-entry';
import type { WholeEntry } from './read-entries';

const types: Record<string, string> = { number: 'float' };

/** OPTIMADE JSON Lines: a head, what the properties are, the entries with all of theirs, and the publications that they name. */
export async function* writeJsonl(
  datasetId: string,
  entries: AsyncIterable<WholeEntry>,
  definitions: readonly PropertyDefinition[],
): AsyncGenerator<string> {
  yield line({ 'x-optimade': { meta: { api_version: API_VERSION } } });
  yield line({ type: 'info', id: 'structures', properties: Object.fromEntries(definitions.map(describe)) });
  const references = new Set<string>();
  for await (const entry of entries) {
    const { attributes, ...rest } = writeEntry(entry, definitions, null);
    for (const key of entry.referenceKeys) references.add(key);
    yield line({ ...rest, attributes: { ...attributes, ...(entry.failures ? { [FAILURES]: entry.failures } : {}) } });
  }
  const found = await db().datasetReference.findMany({
    where: { datasetId, key: { in: [...references] } },
    orderBy: { key: 'asc' },
  });
  for (const { key, attributes } of found) yield line({ id: key, type: 'references', attributes });
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`;

const describe = ({ name, title, unit, type, description, method }: PropertyDefinition): [string, object] => [
  name,
  {
    ...{ title, type: types[type] ?? type },
    description: [description, method].filter((text) => text !== '').join(' '),
    ...(unit === null ? {} : { unit, 'x-optimade-unit': unit }),
  },
];
