import type { Cell, RuntimeState } from '@/server/schemas/notebook/state';

export type CellTone = 'calm' | 'active' | 'good' | 'bad' | 'warn';

export interface RunWords {
  word: string;
  tone: CellTone;
  /** More, where there is more to say. */
  detail: string | null;
}

export interface Around {
  /** In the queue, from 1. */
  place: number;
  runtime: RuntimeState;
  source: string;
  /** Why it is stale, where it is. */
  stale: string | null;
  /** For one that runs. */
  nowMs: number;
}

/** How a cell stands, in words; null where it has never run. */
export function runWords(cell: Cell, { place, runtime, source, stale, nowMs }: Around): RunWords | null {
  const { run } = cell;
  switch (run.state) {
    case 'idle':
      return null;
    case 'queued': {
      const isStarting = runtime.state === 'starting' || runtime.state === 'restarting';
      const word = isStarting && place === 1 ? 'Starting the kernel' : `Queued, ${ordinal(place)}`;
      return { word, tone: 'active', detail: run.source === source ? null : 'edited since: it runs as it was' };
    }
    case 'running':
      return { word: `Running ${seconds(nowMs - Date.parse(run.startedAt))}`, tone: 'active', detail: null };
  }
  const took = run.startedAt ? seconds(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : '';
  switch (run.state) {
    case 'ok':
      return stale ? { word: 'Stale', tone: 'warn', detail: stale } : { word: took, tone: 'good', detail: null };
    case 'error':
      return { word: `Error after ${took}`, tone: 'bad', detail: stale };
    case 'interrupted':
      return { word: `Interrupted after ${took}`, tone: 'warn', detail: stale };
    case 'died':
      return { word: 'Died', tone: 'bad', detail: 'the kernel ended while it ran' };
    case 'lost':
      return {
        word: 'Died',
        tone: 'bad',
        detail: 'the platform was ended while it ran; what it printed in the last tenth of a second may be missing',
      };
  }
}

function seconds(ms: number): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 10) return `${s.toFixed(s < 1 ? 2 : 1)} s`;
  if (s < 60) return `${Math.floor(s)} s`;
  const minutes = Math.floor(s / 60);
  return minutes < 60 ? `${minutes} min ${Math.floor(s % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function ordinal(n: number): string {
  const suffix = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}
