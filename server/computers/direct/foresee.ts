import { admit, type Candidate, type Limits } from './admit';

/** A job that runs, with the time at which it began. */
export interface Running extends Candidate {
  startedAt: Date;
}

/**
 * When each waiting job will start, if all take as long as they are expected to: the admission played through, from one end of a job
 * to the next. A job that runs over its time is taken to need half as long again. What never fits, because its project may run nothing, is left out.
 */
export function foreseeStarts(running: Running[], waiting: Candidate[], limits: Limits, now: Date): Map<string, Date> {
  const starts = new Map<string, Date>();
  const jobs = new Map<string, Candidate>([...running, ...waiting].map((job) => [job.id, job]));
  const endsAt = new Map(running.map((job) => [job.id, Math.max(now.getTime(), expectedEnd(job, now))]));
  let left = waiting;
  let room = new Map(limits.roomByProject);
  for (let time = now.getTime(); left.length > 0; ) {
    const active = [...endsAt.keys()].map((id) => jobs.get(id)!);
    for (const id of admit(active, left, { ...limits, roomByProject: room }, new Date(time))) {
      const job = jobs.get(id)!;
      starts.set(id, new Date(time));
      endsAt.set(id, time + 1000 * job.expectedSeconds);
      room = changed(room, job.projectId, -1);
    }
    left = left.filter(({ id }) => !starts.has(id));
    if (endsAt.size === 0) break;
    time = Math.min(...endsAt.values());
    for (const [id, end] of endsAt) {
      if (end > time) continue;
      endsAt.delete(id);
      room = changed(room, jobs.get(id)!.projectId, 1);
    }
  }
  return starts;
}

function expectedEnd({ startedAt, expectedSeconds }: Running, now: Date): number {
  const end = startedAt.getTime() + 1000 * expectedSeconds;
  return end > now.getTime() ? end : now.getTime() + 500 * expectedSeconds;
}

function changed(room: ReadonlyMap<string, number>, projectId: string, by: number): Map<string, number> {
  const now = room.get(projectId);
  return now === undefined ? new Map(room) : new Map(room).set(projectId, now + by);
}
