/**
 * For every row the column that is given to it, each to one row, so that the sum of the costs is least (Kuhn and Munkres in the form of Jonker
 * and Volgenant, Computing 38, 325 (1987): shortest augmenting paths with prices, O(n^3)). `costs` is square.
 */
export function assign(costs: readonly (readonly number[])[]): number[] {
  const count = costs.length;
  const rowPrices = new Float64Array(count + 1);
  const columnPrices = new Float64Array(count + 1);
  /** Of each column the row that has it; column 0 stands for the row that is being placed. Both count from 1. */
  const owners = new Int32Array(count + 1);
  for (let row = 1; row <= count; row++) placeRow(row, costs, { rowPrices, columnPrices, owners });
  const columns = new Array<number>(count);
  for (let column = 1; column <= count; column++) columns[owners[column]! - 1] = column - 1;
  return columns;
}

interface Prices {
  rowPrices: Float64Array;
  columnPrices: Float64Array;
  owners: Int32Array;
}

function placeRow(
  row: number,
  costs: readonly (readonly number[])[],
  { rowPrices, columnPrices, owners }: Prices,
): void {
  const count = costs.length;
  const least = new Float64Array(count + 1).fill(Infinity);
  const previous = new Int32Array(count + 1);
  const isDone = new Uint8Array(count + 1);
  owners[0] = row;
  let column = 0;
  do {
    isDone[column] = 1;
    const from = owners[column]!;
    let step = Infinity;
    let next = 0;
    for (let j = 1; j <= count; j++) {
      if (isDone[j]) continue;
      const cost = costs[from - 1]![j - 1]! - rowPrices[from]! - columnPrices[j]!;
      if (cost < least[j]!) {
        least[j] = cost;
        previous[j] = column;
      }
      if (least[j]! < step) {
        step = least[j]!;
        next = j;
      }
    }
    for (let j = 0; j <= count; j++) {
      if (isDone[j]) {
        rowPrices[owners[j]!]! += step;
        columnPrices[j]! -= step;
      } else least[j]! -= step;
    }
    column = next;
  } while (owners[column] !== 0);
  for (; column !== 0; column = previous[column]!) owners[column] = owners[previous[column]!]!;
}
