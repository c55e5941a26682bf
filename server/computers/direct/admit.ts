/** A job as the direct scheduler sees it. */
export interface Candidate {
  id: string;
  userId: string;
  cores: number;
  memoryBytes: number;
  expectedSeconds: number;
  queuedAt: Date;
}

export interface Limits {
  cores: number;
  memoryBytes: number;
}

/** A job that has waited so long is passed by no other: else small ones could hold a large one back for ever. */
const PATIENCE_MS = 10 * 60_000;

/**
 * The waiting jobs in the order in which they start: whoever uses the fewest cores first, then the shorter job, then the
 * older one. After each choice the person's share counts as used, so that two people's jobs alternate.
 */
export function orderQueue(running: Candidate[], waiting: Candidate[], now: Date): Candidate[] {
  const used = new Map<string, number>();
  for (const job of running) used.set(job.userId, (used.get(job.userId) ?? 0) + job.cores);
  const rest = [...waiting];
  const order: Candidate[] = [];
  while (rest.length > 0) {
    rest.sort(
      (a, b) =>
        Number(isOverdue(b, now)) - Number(isOverdue(a, now)) ||
        (used.get(a.userId) ?? 0) - (used.get(b.userId) ?? 0) ||
        a.expectedSeconds - b.expectedSeconds ||
        a.queuedAt.getTime() - b.queuedAt.getTime() ||
        (a.id < b.id ? -1 : 1),
    );
    const next = rest.shift()!;
    used.set(next.userId, (used.get(next.userId) ?? 0) + next.cores);
    order.push(next);
  }
  return order;
}

/**
 * Which waiting jobs may start now, within the computer's cores and memory. A job that asks for more than the computer
 * has runs alone. An overdue job that does not fit holds back those behind it.
 */
export function admit(running: Candidate[], waiting: Candidate[], limits: Limits, now: Date): string[] {
  let cores = limits.cores - sum(running, (job) => job.cores);
  let memoryBytes = limits.memoryBytes - sum(running, (job) => job.memoryBytes);
  let count = running.length;
  const admitted: string[] = [];
  for (const job of orderQueue(running, waiting, now)) {
    const fits = (job.cores <= cores && job.memoryBytes <= memoryBytes) || count === 0;
    if (fits) {
      admitted.push(job.id);
      cores -= job.cores;
      memoryBytes -= job.memoryBytes;
      count += 1;
    } else if (isOverdue(job, now)) break;
  }
  return admitted;
}

const isOverdue = (job: Candidate, now: Date) => now.getTime() - job.queuedAt.getTime() > PATIENCE_MS;
const sum = (jobs: Candidate[], of: (job: Candidate) => number) => jobs.reduce((total, job) => total + of(job), 0);
