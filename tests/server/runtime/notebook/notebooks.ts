import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { endLease, renewLease, takeLease } from '@/server/runtime/host/lease';
import { Runtime } from '@/server/runtime/jupyter/runtime';
import type { NotebookSession } from '@/server/runtime/notebook/session';
import { apply } from '@/server/schemas/notebook/apply';
import type { NotebookMessage, PersonOperation } from '@/server/schemas/notebook/operations';
import type { Cell, NotebookState } from '@/server/schemas/notebook/state';
import { applyUpdate, editTexts, encodeDocument, setText, sourceOf } from '@/server/schemas/notebook/text';

/** As the runtimes process holds notebooks, within the process of the test. */
export async function makeHost() {
  const never = new AbortController().signal;
  const id = await takeLease(1, never);
  // Each notebook of the tests starts its own.
  const kernels = { start: Runtime.start, warm: () => undefined };
  let hasLostLease = false;
  const host = {
    ...{ id, signal: never, kernels },
    onLeaseLost: () => {
      hasLostLease = true;
    },
  };
  const beat = setInterval(() => void renewLease(id).catch(() => undefined), 2_000);
  const end = () => {
    clearInterval(beat);
    return endLease(id);
  };
  return { host, hasLostLease: () => hasLostLease, end };
}

/** A page that has a notebook open: follows it, and computes the state by itself as a browser does. */
export class Tab {
  readonly client = randomUUID();
  readonly doc = new Y.Doc();
  state!: NotebookState;
  epoch: string | null = null;
  messages: NotebookMessage[] = [];
  private sequence = 0;
  private stop: () => void = () => undefined;

  constructor(readonly session: NotebookSession) {
    this.connect();
  }

  connect(): void {
    const place = this.epoch ? { epoch: this.epoch, number: this.state.number } : { epoch: 'none', number: 0 };
    this.stop = this.session.follow(place, (message) => this.hear(message));
  }

  disconnect(): void {
    this.stop();
  }

  private hear(message: NotebookMessage): void {
    this.messages.push(message);
    if (message.kind === 'away' || message.kind === 'comm') return;
    this.epoch = message.epoch;
    if (message.kind === 'here') return;
    if (message.kind === 'all') {
      this.state = message.state;
      applyUpdate(this.doc, message.text, null);
      return;
    }
    for (const entry of message.operations) {
      if ('update' in entry.operation && entry.operation.update) applyUpdate(this.doc, entry.operation.update, null);
      this.state = apply(this.state, entry).state;
    }
  }

  send(...operations: PersonOperation[]): Promise<{ number: number }> {
    const sent = operations.map((operation) => ({ sequence: ++this.sequence, operation }));
    return this.session.receive({ client: this.client, operations: sent });
  }

  type(cellId: string, text: string): Promise<{ number: number }> {
    const update = editTexts(this.doc, this, () => setText(this.doc, cellId, text))!;
    return this.send({ kind: 'text', update });
  }

  /** Puts a source into a new cell at the end and runs it. Gives the cell's id. */
  async run(source: string): Promise<string> {
    const cellId = randomUUID().slice(0, 8);
    const after = this.state.order.at(-1) ?? null;
    await this.send({ kind: 'insert', cellId, after, type: 'code' });
    await this.type(cellId, source);
    await this.send({ kind: 'run', runs: [{ cellId, runId: randomUUID(), source }] });
    return cellId;
  }

  source(cellId: string): string {
    return sourceOf(this.doc, cellId);
  }

  cell(cellId: string): Cell {
    return this.state.cells[cellId]!;
  }

  /** The cell once it has ended. */
  async ended(cellId: string, timeoutMs = 30_000): Promise<Cell> {
    await this.until(() => !['queued', 'running', 'idle'].includes(this.cell(cellId).run.state), timeoutMs);
    return this.cell(cellId);
  }

  async until(holds: () => boolean, timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${holds}`);
      await sleep(5);
    }
  }

  get text(): string {
    return encodeDocument(this.doc);
  }
}

/** What a cell printed, as far as it was kept. */
export const printed = (cell: Cell): string =>
  cell.outputs.map((output) => (output.kind === 'stream' ? output.head + output.tail : '')).join('');
