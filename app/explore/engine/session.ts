import type { DatasetIndex } from '@/server/schemas/dataset-index';
import { interpret } from '@/server/schemas/explorer/interpret';
import { type Condition, conditionsOf } from '@/server/schemas/explorer/match';
import { Orderer } from '@/server/schemas/explorer/order';
import { type Selection, Selector } from '@/server/schemas/explorer/select';
import { readTable, type Table } from '@/server/schemas/explorer/table';
import type { Reply, Request, RowCells } from './messages';

const BINS = 40;

/** A dataset and the rows of it that are asked for at this moment. */
export class ExplorerSession {
  readonly table: Table;
  private readonly selector: Selector;
  private readonly orderer: Orderer;
  private order: Uint32Array = new Uint32Array();

  constructor(index: DatasetIndex) {
    this.table = readTable(index);
    this.selector = new Selector(this.table);
    this.orderer = new Orderer(this.table);
  }

  loaded(ms: number): Reply {
    const columns = [...this.table.columns];
    return {
      is: 'loaded',
      rows: this.table.rows,
      numbers: columns.flatMap(([name, column]) => (column.is === 'number' ? [name] : [])),
      texts: columns.flatMap(([name, column]) => (column.is === 'text' ? [{ name, words: column.words }] : [])),
      ms,
    };
  }

  select({
    id,
    query,
    sort,
    histograms,
    found,
  }: Extract<Request, { is: 'select' }>): Extract<Reply, { is: 'selected' }> {
    const started = performance.now();
    const understood = interpret(query.text);
    const conditions = conditionsOf(this.table, query, understood, found);
    const selection = this.selector.select(conditions);
    this.order = this.orderer.order(selection, sort);
    return {
      ...{ is: 'selected', id, understood, count: selection.count },
      elementCounts: this.selector.elementCounts(selection),
      histograms: this.histograms(histograms, conditions, selection),
      ms: performance.now() - started,
    };
  }

  private histograms(names: readonly string[], conditions: readonly Condition[], selection: Selection) {
    return Object.fromEntries(
      names.flatMap((name) => {
        const histogram = this.selector.histogram(name, BINS, conditions, selection);
        return histogram ? [[name, histogram]] : [];
      }),
    );
  }

  rows({ from, to, columns }: Extract<Request, { is: 'rows' }>): Reply {
    const rows = Array.from(this.order.subarray(from, to), (row) => this.cells(row, columns));
    return { is: 'rows', from, rows };
  }

  private cells(row: number, columns: readonly string[]): RowCells {
    const { keys, formulas, failed } = this.table;
    return {
      row,
      key: keys[row]!,
      formula: formulas[row]!,
      cells: columns.map((name) => this.cell(row, name)),
      failed: columns.map((name) => failed.get(name)?.[row] === 1),
    };
  }

  private cell(row: number, name: string): number | string | null {
    const column = this.table.columns.get(name);
    if (!column) return null;
    if (column.is === 'text') return column.codes[row]! < 0 ? null : column.words[column.codes[row]!]!;
    const value = column.values[row]!;
    return Number.isNaN(value) ? null : value;
  }

  points({ id, columns }: Extract<Request, { is: 'points' }>): Extract<Reply, { is: 'points' }> {
    const values = columns.map((name) => {
      const column = this.table.columns.get(name);
      return Float64Array.from(this.order, (row) => {
        if (!column) return Number.NaN;
        return column.is === 'number' ? column.values[row]! : column.codes[row]! < 0 ? Number.NaN : column.codes[row]!;
      });
    });
    return { is: 'points', id, rows: this.order.slice(), values };
  }
}
