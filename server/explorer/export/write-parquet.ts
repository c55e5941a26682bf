import { type BasicType, type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import type { ColumnHead } from '@/server/schemas/explorer/columns';
import { type Cell, cellOf } from './cells';
import type { WholeEntry } from './read-entries';

const ROWS_IN_A_GROUP = 50_000;

/**
 * A Parquet file: columns of one type each, under the names of their properties; what was not computed, or failed, is null. What the columns are,
 * with their units, and where they come from stands as JSON in the file's metadata under `brine`.
 */
export async function writeParquet(
  entries: AsyncIterable<WholeEntry>,
  heads: readonly ColumnHead[],
  definitions: readonly PropertyDefinition[],
  origin: Record<string, unknown>,
): Promise<Uint8Array> {
  const names = ['id', 'formula', ...heads.map(({ name }) => name)];
  const columns: Cell[][] = names.map(() => []);
  for await (const entry of entries) for (const [i, name] of names.entries()) columns[i]!.push(cellOf(entry, name));
  const typeOf = new Map(definitions.map(({ name, type }) => [name, type]));
  const columnData: ColumnSource[] = names.map((name, i) => ({
    name,
    data: columns[i]!,
    type: basicType(name, typeOf.get(name), columns[i]!),
  }));
  const about = {
    ...origin,
    columns: heads.map(({ name, title, unit, description }) => ({ name, title, unit, description })),
  };
  return new Uint8Array(
    parquetWriteBuffer({
      columnData,
      rowGroupSize: ROWS_IN_A_GROUP,
      kvMetadata: [{ key: 'brine', value: JSON.stringify(about) }],
      createdBy: 'Brine',
    }),
  );
}

function basicType(name: string, type: PropertyDefinition['type'] | undefined, cells: readonly Cell[]): BasicType {
  if (name === 'id' || name === 'formula' || type === 'string') return 'STRING';
  if (type === 'boolean') return 'BOOLEAN';
  if (name === 'volume' || type === 'number') return 'DOUBLE';
  return cells.every((cell) => cell === null || (Number.isInteger(cell) && Math.abs(cell as number) < 2 ** 31))
    ? 'INT32'
    : 'DOUBLE';
}
