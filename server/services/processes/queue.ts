import { type Candidate, orderQueue } from '@/server/computers/direct/admit';
import type { Database } from '@/server/db/client';

/** Jobs looked at in one round; more wait their turn. */
const WAITING_MAX = 300;

/** Jobs that run and jobs that wait on a computer. What a dead worker holds does not wait: a living one takes it over first. */
export async function loadQueue(
  tx: Database,
  computerId: string,
): Promise<{ running: Candidate[]; waiting: Candidate[] }> {
  const include = { calculation: { select: { userId: true } } } as const;
  const where = { computerId, kind: 'job' } as const;
  const running = await tx.process.findMany({ where: { ...where, state: 'running' }, include });
  const waiting = await tx.process.findMany({
    where: { ...where, state: 'queued', worker: { leaseUntil: { gt: new Date() } }, stopRequestedAt: null },
    orderBy: { queuedAt: 'asc' },
    take: WAITING_MAX,
    include,
  });
  const toCandidate = (row: (typeof running)[number]): Candidate => ({
    id: row.id,
    userId: row.calculation.userId,
    cores: row.cores ?? 1,
    memoryBytes: Number(row.memoryBytes ?? 0),
    expectedSeconds: row.expectedSeconds ?? 0,
    queuedAt: row.queuedAt ?? row.createdAt,
  });
  return { running: running.map(toCandidate), waiting: waiting.map(toCandidate) };
}

/** Place in the queue (1 is next) and expected start of each waiting job of a computer. */
export async function queuePlaces(
  tx: Database,
  computerId: string,
  cores: number,
): Promise<Map<string, { position: number; expectedStartAt: Date }>> {
  const now = new Date();
  const { running, waiting } = await loadQueue(tx, computerId);
  const coreSeconds = (jobs: Candidate[]) => jobs.reduce((sum, job) => sum + job.cores * job.expectedSeconds, 0);
  // Of what runs, half is taken to be over: its start is known, its end is a guess anyway.
  let before = coreSeconds(running) / 2;
  const places = new Map<string, { position: number; expectedStartAt: Date }>();
  for (const [index, job] of orderQueue(running, waiting, now).entries()) {
    places.set(job.id, { position: index + 1, expectedStartAt: new Date(now.getTime() + (before / cores) * 1000) });
    before += coreSeconds([job]);
  }
  return places;
}
