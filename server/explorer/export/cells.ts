import { writtenFormula } from '@/kernels/crystal/formula';
import type { PropertyDefinition } from '@/server/schemas/datasets';
import { type ColumnHead, headsOf, headText, suggestedColumns } from '@/server/schemas/explorer/columns';
import type { WholeEntry } from './read-entries';

export type Cell = string | number | boolean | null;

/** All that can stand in a table. */
export const ALL_COLUMNS = 'all';

/** The columns of a table, beside id and formula: those of the address, those that the page suggests, or all. */
export function chosenHeads(
  columns: readonly string[] | null,
  definitions: readonly PropertyDefinition[],
): ColumnHead[] {
  const heads = headsOf(definitions);
  if (columns?.includes(ALL_COLUMNS)) return heads;
  const names = columns ?? suggestedColumns(heads);
  return names.flatMap((name) => heads.find((head) => head.name === name) ?? []);
}

/** Headings with their units; where two are called the same, their names stand there instead. */
export function headings(heads: readonly ColumnHead[]): string[] {
  const texts = heads.map(headText);
  return heads.map((head, i) =>
    texts.indexOf(texts[i]!) === texts.lastIndexOf(texts[i]!) ? texts[i]! : headText({ ...head, title: head.name }),
  );
}

/** The value of an entry in a column, at full precision; null where there is none. */
export function cellOf(entry: WholeEntry, name: string): Cell {
  switch (name) {
    case 'id':
      return entry.key;
    case 'formula':
      return writtenFormula(entry.formulaReduced);
    case 'sites':
      return entry.siteCount;
    case 'elements':
      return entry.elementCount;
    case 'spacegroup':
      return entry.spaceGroupNumber;
    case 'volume':
      return entry.volumeAngstrom3 === null ? null : entry.volumeAngstrom3 / entry.siteCount;
    default: {
      const value = entry.properties[name];
      return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;
    }
  }
}
