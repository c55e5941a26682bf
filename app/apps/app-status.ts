import type { NotebookState } from '@/server/schemas/notebook/state';

export interface AppStatus {
  words: string;
  tone: 'calm' | 'active' | 'good' | 'bad' | 'warn';
  /** Something runs that can be stopped. */
  isBusy: boolean;
  /** It ended otherwise than well: it can be tried again. */
  canTryAgain: boolean;
}

interface Around {
  /** Values that the visitor wants and the server has not begun with. */
  isAsked: boolean;
  isAway: boolean;
}

const ends = {
  error: { words: 'A step ended in an error, which stands below.', tone: 'bad' },
  interrupted: { words: 'Stopped before all was computed.', tone: 'warn' },
  died: { words: 'The kernel ended while it computed.', tone: 'bad' },
  lost: { words: 'The platform was ended while it computed.', tone: 'bad' },
} as const;

/** How an opened app stands, in words. */
export function appStatus(state: NotebookState, { isAsked, isAway }: Around): AppStatus {
  const calm = { isBusy: false, canTryAgain: false };
  const code = state.order.flatMap((id) => (state.cells[id]?.type === 'code' ? [state.cells[id]] : []));
  if (isAway) return { ...calm, tone: 'warn', words: 'The platform does not answer; this page goes on when it does.' };
  if (state.running) {
    const at = code.findIndex(({ id }) => id === state.running!.cellId) + 1;
    const words = isAsked
      ? 'Ends the step that runs, then begins with your values'
      : `Computes step ${at} of ${code.length}`;
    return { words, tone: 'active', isBusy: true, canTryAgain: false };
  }
  if (state.queue.length > 0) {
    const isStarting = state.runtime.state !== 'ready';
    const words = isStarting ? 'Starts the kernel' : 'Waits to be computed';
    return { words, tone: 'active', isBusy: true, canTryAgain: false };
  }
  if (isAsked) return { ...calm, tone: 'active', words: 'Sends your values' };
  const ended = code.map(({ run }) => run.state).find((one) => Object.hasOwn(ends, one)) as
    | keyof typeof ends
    | undefined;
  if (ended) return { ...calm, ...ends[ended], canTryAgain: true };
  if (code.some(({ run }) => run.state === 'idle')) return { ...calm, tone: 'calm', words: 'Not computed yet.' };
  if (state.runtime.state !== 'ready')
    return {
      ...calm,
      tone: 'calm',
      words: 'Computed. Nobody used it for long: the next change starts the kernel anew.',
    };
  return { ...calm, tone: 'good', words: 'Computed with these values.' };
}
