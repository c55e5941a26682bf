const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Change {
  /** Characters typed, and for each other change of a cell as many as make it worth a checkpoint by itself. */
  amount: number;
  /** Since the last of it. */
  quietMs: number;
  /** Since the last version, or since the notebook was opened. */
  sinceMs: number;
}

/** A change of cells, other than typing, counts as so many characters. */
export const CHANGE_OF_CELL = 300;
const MUCH = 300;

/** A pause after much change, or after any change in five minutes; without a pause after ten. */
export function isCheckpointDue({ amount, quietMs, sinceMs }: Change): boolean {
  if (amount === 0) return false;
  if (sinceMs >= 10 * MINUTE) return true;
  return quietMs >= 30 * SECOND && (amount >= MUCH || sinceMs >= 5 * MINUTE);
}

/** Of automatic checkpoints up to that age one is kept in each span of that length. */
const rungs = [
  { ageMs: HOUR, spanMs: MINUTE },
  { ageMs: DAY, spanMs: 30 * MINUTE },
  { ageMs: 30 * DAY, spanMs: DAY },
  { ageMs: Number.POSITIVE_INFINITY, spanMs: 7 * DAY },
];
/** Of automatic ones in all. */
export const AUTOMATIC_MAX = 200;

/** The automatic checkpoints to let go of: dense near now, sparse before. Of those in one span the newest stays. */
export function checkpointsToDrop(
  checkpoints: readonly { id: string; createdAt: Date }[],
  now: Date = new Date(),
): string[] {
  const newestFirst = [...checkpoints].sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const taken = new Set<string>();
  return newestFirst
    .filter(({ createdAt }) => {
      const at = createdAt.getTime();
      const { spanMs } = rungs.find(({ ageMs }) => now.getTime() - at < ageMs)!;
      const span = `${spanMs}:${Math.floor(at / spanMs)}`;
      if (taken.has(span) || taken.size >= AUTOMATIC_MAX) return true;
      taken.add(span);
      return false;
    })
    .map(({ id }) => id);
}
