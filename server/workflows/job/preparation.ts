import { db } from '@/server/db/client';

/** A worker that takes over hundreds has some of them go on soon, and not all of them a little. */
const AT_ONCE = 8;

interface Waiting {
  processId: string;
  /** Whether its program was started; null before anybody looked. */
  isRunning: boolean | null;
  enter(): void;
  fail(err: unknown): void;
}

const waiting = new Set<Waiting>();
let inside = 0;
let isAdmitting = false;

/**
 * Resolves when it is a job's turn to be looked at, with what ends the turn; called again that does nothing. Those whose program was started
 * come first: they hold cores of a computer, and may have ended long ago.
 */
export function enterPreparation(processId: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    let isInside = true;
    const leave = () => {
      if (!isInside) return;
      isInside = false;
      inside -= 1;
      void admit();
    };
    const enter = () => {
      inside += 1;
      resolve(leave);
    };
    waiting.add({ processId, isRunning: null, enter, fail: reject });
    void admit();
  });
}

async function admit(): Promise<void> {
  if (isAdmitting) return;
  isAdmitting = true;
  try {
    while (inside < AT_ONCE && waiting.size > 0) {
      // Nobody needs to be asked who comes first where there is room for all.
      if (waiting.size > AT_ONCE - inside) await lookWhichRun();
      const next = [...waiting].find(({ isRunning }) => isRunning) ?? [...waiting][0]!;
      waiting.delete(next);
      next.enter();
    }
  } catch (err) {
    const all = [...waiting];
    waiting.clear();
    for (const { fail } of all) fail(err);
  } finally {
    isAdmitting = false;
  }
}

async function lookWhichRun(): Promise<void> {
  const unknown = [...waiting].filter(({ isRunning }) => isRunning === null);
  if (unknown.length === 0) return;
  const ids = unknown.map(({ processId }) => processId);
  const found = await db().process.findMany({ where: { id: { in: ids }, state: 'running' }, select: { id: true } });
  const running = new Set(found.map(({ id }) => id));
  for (const one of unknown) one.isRunning = running.has(one.processId);
}
