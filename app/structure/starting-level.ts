/** What a surface encloses of the cell at first: bonds and shells show, and do not yet flow into one body. */
const ENCLOSED = 0.18;
/** So many values tell where the level is. */
const SAMPLE = 20_000;

/** The size of a field that is exceeded in a fixed part of the cell: largest values say little, they lie within the nuclei's balls. */
export function startingLevel(values: ArrayLike<number>): number {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const sizes: number[] = [];
  for (let i = 0; i < values.length; i += step) sizes.push(Math.abs(values[i]!));
  sizes.sort((a, b) => b - a);
  return sizes[Math.floor(ENCLOSED * (sizes.length - 1))] ?? 0;
}
