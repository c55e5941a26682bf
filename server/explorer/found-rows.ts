import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dataset } from '@/generated/prisma/client';
import { matchRows } from '@/server/optimade/match-rows';
import type { DatasetIndex } from '@/server/schemas/dataset-index';
import { type ExplorerState, readState } from '@/server/schemas/explorer/explorer-state';
import { interpret } from '@/server/schemas/explorer/interpret';
import { conditionsOf } from '@/server/schemas/explorer/match';
import { Orderer } from '@/server/schemas/explorer/order';
import { Selector } from '@/server/schemas/explorer/select';
import { readTable, type Table } from '@/server/schemas/explorer/table';
import type { Actor } from '@/server/services/actor';
import { packedIndex } from '@/server/services/datasets/build-index';
import { requireDataset } from '@/server/services/datasets/dataset-row';
import { projectScope } from '@/server/services/scope';

export interface Found {
  dataset: Dataset;
  state: ExplorerState;
  /** Of entries, from 1, in the order of the address. */
  numbers: number[];
}

const unpack = promisify(gunzip);

/** The entries of a dataset that an address of the explorer asks for (`search` is what stands behind its question mark). */
export async function foundRows(
  actor: Actor,
  where: { id: string } | { slug: string },
  search: string,
): Promise<Found> {
  const dataset = await requireDataset(await projectScope(actor, 'read'), where);
  const state = readState(new URLSearchParams(search));
  const table = await tableOf(actor, dataset);
  const understood = interpret(state.query.text);
  const rows = understood.is === 'filter' ? await filteredRows(actor, dataset.slug, understood.text) : null;
  const selection = new Selector(table).select(conditionsOf(table, state.query, understood, rows));
  const order = new Orderer(table).order(selection, state.sort);
  return { dataset, state, numbers: Array.from(order, (row) => row + 1) };
}

async function filteredRows(actor: Actor, slug: string, filter: string): Promise<Uint32Array> {
  const bits = Buffer.from((await matchRows(actor, { slug, filter })).bits, 'base64');
  const rows: number[] = [];
  for (const [at, byte] of bits.entries())
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) rows.push(8 * at + bit);
  return Uint32Array.from(rows);
}

/** The last ones that were asked for: an export is often followed by another. */
const kept = new Map<string, Table>();
const KEPT_MAX = 2;

async function tableOf(actor: Actor, { id }: Dataset): Promise<Table> {
  const { revision, bytes } = await packedIndex(actor, { id });
  const key = `${id} ${revision}`;
  const table = kept.get(key) ?? readTable(JSON.parse((await unpack(bytes)).toString('utf8')) as DatasetIndex);
  kept.delete(key);
  kept.set(key, table);
  if (kept.size > KEPT_MAX) kept.delete(kept.keys().next().value!);
  return table;
}
