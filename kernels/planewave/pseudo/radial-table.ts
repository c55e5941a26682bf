/** A radial function f_l(q) at q = 0, step, 2 step, ...; zero behind the last point. Plain data, so that it can be posted between threads. */
export interface RadialTable {
  /** f_l(-q) = (-1)^l f_l(q): what mirrors the first points. */
  l: number;
  /** 1/bohr */
  step: number;
  values: Float64Array;
}

/** Lagrange's cubic through the two points on either side of q. */
export function tableValue(table: RadialTable, q: number): number {
  const x = q / table.step;
  const j = Math.floor(x);
  if (j + 2 >= table.values.length) return 0;
  const t = x - j;
  const { values } = table;
  const a = j > 0 ? values[j - 1]! : mirrored(table);
  const b = values[j]!;
  const c = values[j + 1]!;
  const d = values[j + 2]!;
  return (
    (-t * (t - 1) * (t - 2) * a) / 6 +
    ((t + 1) * (t - 1) * (t - 2) * b) / 2 -
    ((t + 1) * t * (t - 2) * c) / 2 +
    ((t + 1) * t * (t - 1) * d) / 6
  );
}

/** The exact derivative of `tableValue` by q, so that a stress is that of the energy. */
export function tableSlope(table: RadialTable, q: number): number {
  const x = q / table.step;
  const j = Math.floor(x);
  if (j + 2 >= table.values.length) return 0;
  const t = x - j;
  const { values } = table;
  const a = j > 0 ? values[j - 1]! : mirrored(table);
  const b = values[j]!;
  const c = values[j + 1]!;
  const d = values[j + 2]!;
  const t2 = t * t;
  return (
    ((-(3 * t2 - 6 * t + 2) * a) / 6 +
      ((3 * t2 - 4 * t - 1) * b) / 2 -
      ((3 * t2 - 2 * t - 2) * c) / 2 +
      ((3 * t2 - 1) * d) / 6) /
    table.step
  );
}

/** f_l(-step) */
const mirrored = ({ l, values }: RadialTable) => (l % 2 === 0 ? values[1]! : -values[1]!);

/** @param last the table reaches at least to this q, 1/bohr. */
export function tabulate(l: number, step: number, last: number, functionOf: (q: number) => number): RadialTable {
  const values = Float64Array.from({ length: Math.ceil(last / step) + 3 }, (_, j) => functionOf(j * step));
  return { l, step, values };
}

/** A table that grows as larger q are asked for: how far it must reach depends on cutoff and cell. */
export function growingTable(l: number, step: number, functionOf: (q: number) => number) {
  let table = tabulate(l, step, 1, functionOf);
  const reach = (q: number): RadialTable => {
    const needed = Math.floor(q / step) + 3;
    const { values } = table;
    if (needed > values.length) {
      const longer = new Float64Array(Math.max(needed, Math.ceil(values.length * 1.5)));
      longer.set(values);
      for (let j = values.length; j < longer.length; j++) longer[j] = functionOf(j * step);
      table = { l, step, values: longer };
    }
    return table;
  };
  return {
    value: (q: number) => tableValue(reach(q), q),
    slope: (q: number) => tableSlope(reach(q), q),
  };
}
