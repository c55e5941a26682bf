import { elements } from '@/kernels/crystal/elements';
import type { Condition } from './match';
import { type Table, WORDS } from './table';

export interface Histogram {
  from: number;
  to: number;
  /** Rows in each bin that all other conditions let through. */
  counts: Uint32Array;
}

/** The rows that meet all conditions, and for every row how many it fails. */
export interface Selection {
  count: number;
  fails: Uint8Array;
}

/** Marks of conditions by their key: a step of a slider makes one of them anew. */
export class Selector {
  private known = new Map<string, Uint8Array>();

  constructor(private readonly table: Table) {}

  select(conditions: readonly Condition[]): Selection {
    const { rows } = this.table;
    const fails = new Uint8Array(rows);
    const marks = new Map(conditions.map((condition) => [condition.key, this.marksOf(condition)]));
    for (const mark of marks.values()) for (let row = 0; row < rows; row++) fails[row]! += 1 - mark[row]!;
    this.known = marks;
    let count = 0;
    for (let row = 0; row < rows; row++) if (fails[row] === 0) count++;
    return { count, fails };
  }

  private marksOf({ key, mark }: Condition): Uint8Array {
    const known = this.known.get(key);
    if (known) return known;
    const marks = new Uint8Array(this.table.rows);
    mark(marks);
    return marks;
  }

  /** Over the rows that meet all conditions but those about the column itself, so that a brush does not hide what lies beside it. */
  histogram(name: string, bins: number, conditions: readonly Condition[], { fails }: Selection): Histogram | null {
    const column = this.table.columns.get(name);
    if (column?.is !== 'number') return null;
    const [from, to] = this.domain(name, column.values);
    if (!(from <= to)) return null;
    const own = conditions.filter(({ about }) => about === name).map((condition) => this.marksOf(condition));
    const counts = new Uint32Array(bins);
    const scale = to > from ? bins / (to - from) : 0;
    const { values } = column;
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (Number.isNaN(value)) continue;
      let others = fails[row]!;
      for (const marks of own) others -= 1 - marks[row]!;
      if (others === 0) counts[Math.min(bins - 1, Math.floor((value - from) * scale))]! += 1;
    }
    return { from, to, counts };
  }

  private domains = new Map<string, [number, number]>();
  private domain(name: string, values: Float64Array): [number, number] {
    let domain = this.domains.get(name);
    if (!domain) {
      domain = [Infinity, -Infinity];
      for (const value of values) {
        if (value < domain[0]) domain[0] = value;
        if (value > domain[1]) domain[1] = value;
      }
      this.domains.set(name, domain);
    }
    return domain;
  }

  /** In how many of the selected rows each element is, by atomic number from hydrogen. */
  elementCounts({ fails }: Selection): Uint32Array {
    const counts = new Uint32Array(elements.length);
    const { masks, rows } = this.table;
    for (let row = 0; row < rows; row++) {
      if (fails[row] !== 0) continue;
      for (let word = 0; word < WORDS; word++)
        for (let bits = masks[WORDS * row + word]!; bits !== 0; bits &= bits - 1) {
          const bit = 32 * word + 31 - Math.clz32(bits & -bits);
          if (bit < counts.length) counts[bit]! += 1;
        }
    }
    return counts;
  }
}
