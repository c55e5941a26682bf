import type { Priority } from '@/server/schemas/settings';

/** A job as the direct scheduler sees it. */
export interface Candidate {
  id: string;
  userId: string;
  projectId: string;
  priority: Priority;
  cores: number;
  memoryBytes: number;
  expectedSeconds: number;
  queuedAt: Date;
}

export interface Limits {
  cores: number;
  memoryBytes: number;
  /** Jobs at once on the computer; null: as many as fit. */
  jobsMax: number | null;
  /** How many more jobs of a project may run, for those that have a limit. */
  roomByProject: ReadonlyMap<string, number>;
}

/** A job that has waited so long is passed by no other: else small ones could hold a large one back for ever. */
const patienceMs = { high: 10 * 60_000, normal: 10 * 60_000, low: 60 * 60_000 } satisfies Record<Priority, number>;
const rank = { high: 0, normal: 1, low: 2 } satisfies Record<Priority, number>;

/**
 * The waiting jobs in the order in which they start: whoever uses the fewest cores first, then what that person finds more urgent,
 * then the shorter job, then the older one. After each choice the person's share counts as used, so that two people's jobs alternate,
 * and nobody comes first by calling all of theirs urgent.
 */
export function orderQueue(running: Candidate[], waiting: Candidate[], now: Date): Candidate[] {
  const used = new Map<string, number>();
  for (const job of running) used.set(job.userId, (used.get(job.userId) ?? 0) + job.cores);
  const byOverdue = (a: Candidate, b: Candidate) => Number(isOverdue(b, now)) - Number(isOverdue(a, now));
  const byOwn = (a: Candidate, b: Candidate) =>
    rank[a.priority] - rank[b.priority] ||
    a.expectedSeconds - b.expectedSeconds ||
    a.queuedAt.getTime() - b.queuedAt.getTime() ||
    (a.id < b.id ? -1 : 1);
  const lines = new Map<string, Candidate[]>();
  for (const job of waiting) lines.set(job.userId, [...(lines.get(job.userId) ?? []), job]);
  // Each person's own line keeps its order whatever the shares are: only the heads compete.
  for (const line of lines.values()) line.sort((a, b) => byOverdue(b, a) || byOwn(b, a));
  const order: Candidate[] = [];
  while (lines.size > 0) {
    const heads = [...lines.values()].map((line) => line.at(-1)!);
    const next = heads.reduce((best, job) => {
      const shares = (used.get(job.userId) ?? 0) - (used.get(best.userId) ?? 0);
      return (byOverdue(job, best) || shares || byOwn(job, best)) < 0 ? job : best;
    });
    const line = lines.get(next.userId)!;
    line.pop();
    if (line.length === 0) lines.delete(next.userId);
    used.set(next.userId, (used.get(next.userId) ?? 0) + next.cores);
    order.push(next);
  }
  return order;
}

/**
 * Which waiting jobs may start now, within the computer's cores, memory and number of jobs and the limits of projects. A job that asks
 * for more than the computer has runs alone. An overdue job that does not fit holds back those behind it, one whose project is at
 * its limit does not.
 */
export function admit(running: Candidate[], waiting: Candidate[], limits: Limits, now: Date): string[] {
  let cores = limits.cores - sum(running, (job) => job.cores);
  let memoryBytes = limits.memoryBytes - sum(running, (job) => job.memoryBytes);
  let count = running.length;
  const room = new Map(limits.roomByProject);
  const admitted: string[] = [];
  for (const job of orderQueue(running, waiting, now)) {
    if (limits.jobsMax !== null && count >= limits.jobsMax) break;
    const projectRoom = room.get(job.projectId);
    if (projectRoom !== undefined && projectRoom <= 0) continue;
    const fits = (job.cores <= cores && job.memoryBytes <= memoryBytes) || count === 0;
    if (fits) {
      admitted.push(job.id);
      cores -= job.cores;
      memoryBytes -= job.memoryBytes;
      count += 1;
      if (projectRoom !== undefined) room.set(job.projectId, projectRoom - 1);
    } else if (isOverdue(job, now)) break;
  }
  return admitted;
}

const isOverdue = (job: Candidate, now: Date) => now.getTime() - job.queuedAt.getTime() > patienceMs[job.priority];
const sum = (jobs: Candidate[], of: (job: Candidate) => number) => jobs.reduce((total, job) => total + of(job), 0);
