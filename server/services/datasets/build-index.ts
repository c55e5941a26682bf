import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { writtenFormula } from '@/kernels/crystal/formula';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import type { DatasetIndex } from '@/server/schemas/dataset-index';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireDataset } from './dataset-row';

const pack = promisify(gzip);
const ROWS_AT_ONCE = 5_000;
const DIGITS = 6;
/** Of what stands in the file: another one is made where this changed. */
const FORMAT = 2;

export interface PackedIndex {
  revision: number;
  /** JSON of a DatasetIndex, packed with gzip. */
  bytes: Buffer;
}

/** What a browser needs to search a dataset by itself. Made once for each revision of it and kept in a file, which may go at any time. */
export async function packedIndex(actor: Actor, { id }: { id: string }): Promise<PackedIndex> {
  const { revision, properties } = await requireDataset(await projectScope(actor, 'read'), { id });
  const folder = join(env().dataFolder, 'cache', 'datasets');
  const path = join(folder, `${id}-${revision}-${FORMAT}.json.gz`);
  const kept = await readFile(path).catch(() => null);
  if (kept) return { revision, bytes: kept };
  const key = `${id} ${revision}`;
  const making = running.get(key) ?? make(id, revision, properties as unknown as PropertyDefinition[]);
  running.set(key, making);
  try {
    const bytes = await making;
    await keep(folder, path, id, bytes);
    return { revision, bytes };
  } finally {
    running.delete(key);
  }
}

/** Those that are being made: whoever asks for the same waits for it. */
const running = new Map<string, Promise<Buffer>>();

const make = async (id: string, revision: number, definitions: PropertyDefinition[]): Promise<Buffer> =>
  pack(JSON.stringify(await readIndex(id, revision, definitions)), { level: 9 });

async function keep(folder: string, path: string, id: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, randomUUID());
  await writeFile(temporary, bytes, { mode: 0o600 });
  await rename(temporary, path);
  for (const name of await readdir(folder))
    if (name.startsWith(`${id}-`) && !path.endsWith(name)) await rm(join(folder, name), { force: true });
}

interface Row {
  key: string;
  formulaReduced: string;
  siteCount: number;
  periodicCount: number;
  spaceGroupNumber: number | null;
  volumeAngstrom3: number | null;
  properties: Record<string, unknown>;
  failures: Record<string, string> | null;
}

async function readIndex(
  datasetId: string,
  revision: number,
  definitions: PropertyDefinition[],
): Promise<DatasetIndex> {
  const shown = definitions.filter(({ type }) => type !== 'list' && type !== 'dictionary');
  const index: DatasetIndex = {
    ...{
      revision,
      rows: 0,
      keys: [],
      formulas: [],
      siteCounts: [],
      periodicCounts: [],
      spaceGroups: [],
      volumesPerAtom: [],
    },
    properties: shown.map(({ name }) => ({ name, values: [] })),
    failed: [],
  };
  const failed = new Map<string, number[]>();
  for (let last = 0; ; last += ROWS_AT_ONCE) {
    const rows = await db().$queryRaw<
      Row[]
    >`SELECT "key", "formulaReduced", "siteCount", "periodicCount", "spaceGroupNumber",
        "volumeAngstrom3", "properties", "failures"
      FROM "Entry" WHERE "datasetId" = ${datasetId}::uuid AND "number" > ${last} AND "number" <= ${last + ROWS_AT_ONCE} ORDER BY "number"`;
    for (const row of rows) add(index, failed, row);
    if (rows.length < ROWS_AT_ONCE) break;
  }
  index.failed = [...failed].map(([name, rows]) => ({ name, rows }));
  return index;
}

function add(index: DatasetIndex, failed: Map<string, number[]>, row: Row): void {
  const { volumeAngstrom3, siteCount, properties } = row;
  index.keys.push(row.key);
  index.formulas.push(writtenFormula(row.formulaReduced));
  index.siteCounts.push(siteCount);
  index.periodicCounts.push(row.periodicCount);
  index.spaceGroups.push(row.spaceGroupNumber);
  index.volumesPerAtom.push(volumeAngstrom3 === null ? null : rounded(volumeAngstrom3 / siteCount));
  for (const column of index.properties) column.values.push(plain(properties[column.name]));
  for (const name of Object.keys(row.failures ?? {})) {
    const rows = failed.get(name) ?? [];
    rows.push(index.rows);
    failed.set(name, rows);
  }
  index.rows += 1;
}

const rounded = (value: number) => Number(value.toPrecision(DIGITS));

/** Long texts are cut: the entry's page has them whole. */
const plain = (value: unknown): number | string | boolean | null => {
  if (typeof value === 'number') return rounded(value);
  if (typeof value === 'string') return value.slice(0, 80);
  return typeof value === 'boolean' ? value : null;
};
