import * as Y from 'yjs';
import { apply } from '@/server/schemas/notebook/apply';
import type { Comm } from '@/server/schemas/notebook/comms';
import type { NotebookDetail } from '@/server/schemas/notebook/notebooks';
import type { NotebookMessage, PersonOperation, SentOperations } from '@/server/schemas/notebook/operations';
import type { StaleReason } from '@/server/schemas/notebook/stale';
import type { NotebookState } from '@/server/schemas/notebook/state';
import { applyUpdate, editTexts, missingFrom, sourceOf, toBase64 } from '@/server/schemas/notebook/text';
import { Staleness } from './staleness';

/** Changes to the texts with this origin come from an editor, and are sent from here. */
export const TYPED = 'typed';
/** Those with this one travel with an operation. */
const WITH_OPERATION = 'operation';
/** Letters that are typed in this time travel together. */
const TYPING_PAUSE_MS = 40;
const AGAIN_MS = 600;

export type Saving = 'saved' | 'saving' | 'away';

interface Link {
  send(operations: SentOperations): Promise<unknown>;
  /** Whether sending it again would give the same refusal. */
  isRefusal(err: unknown): boolean;
  onRefused(err: unknown): void;
  /** A message for the kernel; absent where pages have no comms. */
  sendComm?(comm: Comm): void;
}

/**
 * A notebook in an open page: what the server said, and upon it what this page did and the server has not yet confirmed.
 * Both are the same pure function, so nothing jumps when the confirmation comes.
 */
export class NotebookClient {
  readonly doc = new Y.Doc();
  readonly id: string;
  private readonly client = crypto.randomUUID();
  private confirmed: NotebookState;
  private shown: NotebookState;
  private epoch: string | null = null;
  private sequence = 0;
  private pending: { sequence: number; operation: PersonOperation }[] = [];
  private typed: Uint8Array[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSending = false;
  private isAway = false;
  private saving: Saving = 'saved';
  private readonly listeners = new Set<() => void>();
  private readonly commListeners = new Set<(comm: Comm) => void>();
  private readonly staleness = new Staleness(this);

  constructor(
    { id, state, text }: NotebookDetail,
    private readonly link: Link,
  ) {
    this.id = id;
    this.confirmed = state;
    this.shown = state;
    applyUpdate(this.doc, text, null);
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== TYPED) return;
      this.typed.push(update);
      this.timer ??= setTimeout(() => void this.send(), TYPING_PAUSE_MS);
      this.tell();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Hears what the kernel says by comms. Gives what ends it. */
  readonly onComm = (listener: (comm: Comm) => void): (() => void) => {
    this.commListeners.add(listener);
    return () => void this.commListeners.delete(listener);
  };

  sendComm(comm: Comm): void {
    this.link.sendComm?.(comm);
  }

  get state(): NotebookState {
    return this.shown;
  }

  get savingState(): Saving {
    return this.saving;
  }

  /** The cells that are stale, each with its reason. */
  get stale(): ReadonlyMap<string, StaleReason> {
    return this.staleness.get();
  }

  /** Where in its history this page is. */
  get place(): { epoch: string | null; number: number } {
    return { epoch: this.epoch, number: this.confirmed.number };
  }

  sourceOf(cellId: string): string {
    return sourceOf(this.doc, cellId);
  }

  /** Changes the texts for an operation; gives what it has to carry. */
  edit(change: () => void): string {
    return editTexts(this.doc, WITH_OPERATION, change) ?? toBase64(Y.encodeStateAsUpdate(new Y.Doc()));
  }

  /** Does it here at once, and has the server do it. */
  dispatch(...operations: PersonOperation[]): void {
    this.takeTyped();
    for (const operation of operations) {
      this.pending.push({ sequence: ++this.sequence, operation });
      this.shown = apply(this.shown, this.numbered(this.pending.at(-1)!)).state;
    }
    this.tell();
    void this.send();
  }

  hear(message: NotebookMessage): void {
    if (message.kind === 'comm') {
      for (const listener of this.commListeners) listener(message.comm);
      return;
    }
    if (message.kind === 'away') {
      this.isAway = true;
      this.tell();
      return;
    }
    this.isAway = false;
    this.epoch = message.epoch;
    if (message.kind === 'here') {
      this.tell();
      void this.send();
      return;
    }
    if (message.kind === 'all') {
      this.confirmed = message.state;
      // What this page has and the server lacks, since it was killed before it could store it, goes to it again.
      const missing = missingFrom(this.doc, message.text);
      applyUpdate(this.doc, message.text, null);
      if (missing) this.pending.push({ sequence: ++this.sequence, operation: { kind: 'text', update: missing } });
    } else
      for (const entry of message.operations) {
        const isMine = entry.by?.client === this.client;
        if (!isMine && 'update' in entry.operation && entry.operation.update)
          applyUpdate(this.doc, entry.operation.update, null);
        this.confirmed = apply(this.confirmed, entry).state;
      }
    const done = this.confirmed.clients.find(({ id }) => id === this.client)?.sequence ?? 0;
    this.pending = this.pending.filter(({ sequence }) => sequence > done);
    this.shown = this.pending.reduce((state, one) => apply(state, this.numbered(one)).state, this.confirmed);
    this.tell();
    void this.send();
  }

  /** Sends what waits, one request at a time. */
  async send(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.takeTyped();
    if (this.isSending || this.pending.length === 0) return;
    this.isSending = true;
    const operations = this.pending.slice(0, 200);
    const last = operations.at(-1)!.sequence;
    let hasFailed = false;
    try {
      await this.link.send({ client: this.client, operations });
      this.isAway = false;
      // The server has them; the page's own stream may tell of it later.
      this.pending = this.pending.filter(({ sequence, operation }) => sequence > last || operation.kind !== 'text');
    } catch (err) {
      if (this.link.isRefusal(err)) {
        this.pending = this.pending.filter(({ sequence }) => sequence > last);
        this.shown = this.pending.reduce((state, one) => apply(state, this.numbered(one)).state, this.confirmed);
        this.link.onRefused(err);
      } else {
        hasFailed = true;
        this.isAway = true;
        this.tell();
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
    this.isSending = false;
    this.tell();
    if (hasFailed || this.typed.length > 0 || this.pending.some(({ sequence }) => sequence > last)) void this.send();
  }

  private takeTyped(): void {
    if (this.typed.length === 0) return;
    const update = toBase64(Y.mergeUpdates(this.typed));
    this.typed = [];
    this.pending.push({ sequence: ++this.sequence, operation: { kind: 'text', update } });
  }

  private numbered(one: { sequence: number; operation: PersonOperation }) {
    return {
      ...{ number: this.confirmed.number, at: new Date().toISOString(), operation: one.operation },
      by: { client: this.client, sequence: one.sequence },
    };
  }

  private tell(): void {
    const isSaved = this.pending.length === 0 && this.typed.length === 0;
    this.saving = this.isAway ? 'away' : isSaved ? 'saved' : 'saving';
    for (const listener of this.listeners) listener();
  }
}
