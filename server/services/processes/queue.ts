import { type Candidate, type Limits, orderQueue } from '@/server/computers/direct/admit';
import { foreseeStarts, type Running } from '@/server/computers/direct/foresee';
import type { Database } from '@/server/db/client';
import type { Priority } from '@/server/schemas/settings';

/** Jobs of each person looked at in one round; more wait their turn. */
const WAITING_MAX = 100;

export interface ComputerQueue {
  running: Running[];
  waiting: Candidate[];
  limits: Limits;
  /** Whether the computer takes new jobs. */
  isEnabled: boolean;
}

/** Jobs that run and jobs that wait on a computer. What a dead worker holds does not wait: a living one takes it over first. */
export async function loadQueue(tx: Database, computerId: string): Promise<ComputerQueue> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT p."id", p."projectId", p."state"::text, p."cores", p."memoryBytes", p."expectedSeconds", p."startedAt",
        coalesce(p."queuedAt", p."createdAt") AS "queuedAt", c."userId", c."priority"::text,
        row_number() OVER (PARTITION BY p."state", c."userId" ORDER BY c."priority" DESC, p."queuedAt") AS "place"
      FROM "Process" p JOIN "Calculation" c ON c."id" = p."calculationId"
      WHERE p."computerId" = ${computerId}::uuid AND p."kind" = 'job' AND (p."state" = 'running'
        OR (p."state" = 'queued' AND p."stopRequestedAt" IS NULL
          AND EXISTS (SELECT 1 FROM "Worker" w WHERE w."id" = p."workerId" AND w."leaseUntil" > now())))) q
    WHERE "state" = 'running' OR "place" <= ${WAITING_MAX}`;
  const running = rows.filter(({ state }) => state === 'running').map(toRunning);
  const waiting = rows.filter(({ state }) => state === 'queued').map(toRunning);
  return { running, waiting, ...(await limitsOf(tx, computerId)) };
}

interface Row extends Omit<Running, 'memoryBytes' | 'priority' | 'startedAt' | 'cores' | 'expectedSeconds'> {
  state: string;
  priority: Priority;
  cores: number | null;
  memoryBytes: bigint | null;
  expectedSeconds: number | null;
  startedAt: Date | null;
}

const toRunning = ({ id, userId, projectId, priority, queuedAt, ...row }: Row): Running => ({
  ...{ id, userId, projectId, priority, queuedAt },
  cores: row.cores ?? 1,
  memoryBytes: Number(row.memoryBytes ?? 0),
  expectedSeconds: row.expectedSeconds ?? 0,
  startedAt: row.startedAt ?? queuedAt,
});

/** Jobs in a scheduler's queue at a time, where the computer says nothing. */
const SCHEDULED_MAX = 50;

/**
 * What a computer and the projects allow at once; a project's jobs count on all computers together. Slurm shares out cores and
 * memory itself: of its computers only the number of jobs is ours to limit.
 */
async function limitsOf(tx: Database, computerId: string): Promise<Pick<ComputerQueue, 'limits' | 'isEnabled'>> {
  const computer = await tx.computer.findUniqueOrThrow({ where: { id: computerId } });
  const { cores, memoryBytes, jobsMax, isEnabled } = computer;
  const own =
    computer.scheduler === 'direct'
      ? { cores, memoryBytes: Number(memoryBytes), jobsMax }
      : { cores: Number.MAX_SAFE_INTEGER, memoryBytes: Number.MAX_SAFE_INTEGER, jobsMax: jobsMax ?? SCHEDULED_MAX };
  const projects = await tx.$queryRaw<{ id: string; room: number }[]>`
    SELECT p."id", p."jobsMax" - (SELECT count(*)::int FROM "Process" j
      WHERE j."projectId" = p."id" AND j."kind" = 'job' AND j."state" = 'running') AS "room"
    FROM "Project" p WHERE p."jobsMax" IS NOT NULL`;
  const roomByProject = new Map(projects.map(({ id, room }) => [id, room]));
  return { limits: { ...own, roomByProject }, isEnabled };
}

/** Place in the queue (1 is next) and expected start of each waiting job of a computer. */
export async function queuePlaces(
  tx: Database,
  computerId: string,
): Promise<Map<string, { position: number; expectedStartAt: Date | null }>> {
  const now = new Date();
  const { running, waiting, limits } = await loadQueue(tx, computerId);
  const starts = foreseeStarts(running, waiting, limits, now);
  const order = orderQueue(running, waiting, now);
  // Who starts earlier is before, also where a limit has others wait.
  const startOf = (id: string) => starts.get(id)?.getTime() ?? Number.POSITIVE_INFINITY;
  const inOrder = [...order].sort((a, b) => {
    const [x, y] = [startOf(a.id), startOf(b.id)];
    return x === y ? 0 : x - y;
  });
  return new Map(inOrder.map(({ id }, i) => [id, { position: i + 1, expectedStartAt: starts.get(id) ?? null }]));
}
