const NOBLE = [2, 10, 18, 36, 54, 86, 118];
/** The f elements stand below the others, with a gap between. */
const F_ROWS_BELOW = 3;

/** Row and column of an element in the table of 18 columns, both from 1; lanthanides and actinides in two rows of their own. */
export function placeOf(atomicNumber: number): { row: number; column: number } {
  const period = NOBLE.findIndex((last) => atomicNumber <= last) + 1;
  const inPeriod = atomicNumber - (NOBLE[period - 2] ?? 0);
  const length = NOBLE[period - 1]! - (NOBLE[period - 2] ?? 0);
  if (inPeriod <= 2 && atomicNumber !== 2) return { row: period, column: inPeriod };
  if (length === 32 && inPeriod <= 17) return { row: period + F_ROWS_BELOW, column: inPeriod + 1 };
  return { row: period, column: 18 - (length - inPeriod) };
}
