import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@/server/errors';
import type { NotebookMessage } from '@/server/schemas/notebook/operations';
import type { Actor } from '../actor';
import { projectScope } from '../scope';
import { requireNotebookOrVisit } from './notebook-row';
import { callRuntimes } from './runtimes';

const AGAIN_MS = 300;

export interface Place {
  /** The process that gave the number; null where it was read from the database. */
  epoch: string | null;
  number: number;
}

/** What happens to a notebook after a place in its history, live. Goes on where it was when the runtimes process was started again. */
export async function* followNotebook(
  actor: Actor,
  { id, ...from }: { id: string } & Place,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<NotebookMessage> {
  await requireNotebookOrVisit(await projectScope(actor, 'read'), actor, id);
  const place = { ...from };
  while (!signal.aborted) {
    try {
      for await (const message of read(id, place, signal)) {
        Object.assign(place, placeAfter(message, place));
        yield message;
      }
    } catch (err) {
      if (signal.aborted) return;
      if (err instanceof AppError && err.code !== 'unavailable') throw err;
    }
    if (signal.aborted) return;
    yield { kind: 'away' };
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Where one is who has got a message. */
export function placeAfter(message: NotebookMessage, before: Place): Place {
  switch (message.kind) {
    case 'away':
    case 'comm':
      return before;
    case 'here':
      return { ...before, epoch: message.epoch };
    case 'all':
      return { epoch: message.epoch, number: message.state.number };
    case 'operations':
      return { epoch: message.epoch, number: message.operations.at(-1)!.number };
  }
}

/** One JSON message a line. */
async function* read(id: string, { epoch, number }: Place, signal: AbortSignal): AsyncGenerator<NotebookMessage> {
  const query = new URLSearchParams({ number: String(number), ...(epoch ? { epoch } : {}) });
  const response = await callRuntimes(`/notebooks/${id}/events?${query}`, { method: 'GET', signal });
  const lines = createInterface({ input: Readable.fromWeb(response.body as import('node:stream/web').ReadableStream) });
  for await (const line of lines) if (line) yield JSON.parse(line) as NotebookMessage;
}
