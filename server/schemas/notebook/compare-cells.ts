export interface ComparedCell {
  id: string;
  /** Equal where nothing of the cell has changed. */
  mark: string;
}

export interface CellChanges {
  added: Set<string>;
  removed: Set<string>;
  /** Those that stand elsewhere among the ones that stayed: as few as possible. */
  moved: Set<string>;
  changed: Set<string>;
}

/** What became of the cells, which keep their ids whatever happens to them. */
export function compareCells(before: readonly ComparedCell[], after: readonly ComparedCell[]): CellChanges {
  const marks = new Map(before.map(({ id, mark }) => [id, mark]));
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const left = new Set(after.map(({ id }) => id));
  const stayed = after.filter(({ id }) => marks.has(id));
  const still = longestRise(stayed.map(({ id }) => places.get(id)!));
  return {
    added: new Set(after.filter(({ id }) => !marks.has(id)).map(({ id }) => id)),
    removed: new Set(before.filter(({ id }) => !left.has(id)).map(({ id }) => id)),
    moved: new Set(stayed.filter((_, i) => !still.has(i)).map(({ id }) => id)),
    changed: new Set(stayed.filter(({ id, mark }) => marks.get(id) !== mark).map(({ id }) => id)),
  };
}

/** How many cells something happened to, each counted once. */
export const countChanges = ({ added, removed, moved, changed }: CellChanges): number =>
  added.size + removed.size + new Set([...moved, ...changed]).size;

/** The indices of a longest rising part of a list of different numbers (patience sorting, O(n log n)). */
function longestRise(numbers: readonly number[]): Set<number> {
  /** Of each length the index of the smallest number that ends a rise of that length. */
  const ends: number[] = [];
  const previous: number[] = [];
  numbers.forEach((number, i) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]!]! < number) low = middle + 1;
      else high = middle;
    }
    previous[i] = ends[low - 1] ?? -1;
    ends[low] = i;
  });
  const found = new Set<number>();
  for (let i = ends.at(-1) ?? -1; i >= 0; i = previous[i]!) found.add(i);
  return found;
}
