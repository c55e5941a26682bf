import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { db } from '@/server/db/client';
import { logger } from '@/server/log';
import { apply, type Effect } from '@/server/schemas/notebook/apply';
import type { Comm } from '@/server/schemas/notebook/comms';
import { lastRun } from '@/server/schemas/notebook/last-run';
import type {
  NotebookMessage,
  NumberedOperation,
  Operation,
  SentOperations,
} from '@/server/schemas/notebook/operations';
import { planRuns } from '@/server/schemas/notebook/plan-runs';
import { providersFor } from '@/server/schemas/notebook/providers';
import { sourceHash } from '@/server/schemas/notebook/source-hash';
import { begunBy, staleCells } from '@/server/schemas/notebook/stale';
import type { NotebookState } from '@/server/schemas/notebook/state';
import { applyUpdate, editTexts, encodeDocument, setText, sourceOf } from '@/server/schemas/notebook/text';
import { namesLanguage, namesOf } from '../names/names-of';
import { loadNotebook } from '../store/load-notebook';
import { dropUnusedBlobs, saveSnapshot } from '../store/save-snapshot';
import { CellNames } from './cell-names';
import { clean } from './clean';
import { OperationWriter } from './operation-writer';
import { RecentOperations } from './recent-operations';
import { type Kernels, SessionRuntime } from './session-runtime';
import { SessionVersions } from './session-versions';

/** A snapshot is made after so many operations, or so many characters of them. */
const SNAPSHOT_OPERATIONS = 400;
const SNAPSHOT_CHARACTERS = 4_000_000;
const TOUCH_MS = 5_000;

export interface SessionHost {
  id: string;
  kernels: Kernels;
  signal: AbortSignal;
  onLeaseLost(): void;
}

type Listener = (message: NotebookMessage) => void;

/** An open notebook: puts operations in order, tells them to all who follow, stores them, and has done what follows from them. */
export class NotebookSession {
  private readonly recent = new RecentOperations();
  private readonly listeners = new Set<Listener>();
  private readonly writer: OperationWriter;
  private readonly runtime: SessionRuntime;
  private readonly names: CellNames;
  private touchedAt = 0;
  private isSaving = false;
  /** What people do waits for it. */
  private held: Promise<unknown> | null = null;
  readonly versions: SessionVersions;
  /** Since when nobody has followed, and nothing has happened. */
  quietSince = Date.now();
  /** Since when nobody has followed, whatever happens; null while somebody does. */
  leftSince: number | null = Date.now();
  /** The page said that it was closed. */
  isLeft = false;

  /** Opens it as it is stored. What ran when the process that owned it before was killed has died with that, and says so. */
  static async open(host: SessionHost, notebookId: string): Promise<NotebookSession> {
    const { state, doc, snapshot } = await loadNotebook(db(), notebookId);
    const { visitOfId } = await db().notebook.findUniqueOrThrow({ where: { id: notebookId } });
    const session = new NotebookSession(host, notebookId, state, doc, visitOfId !== null);
    session.writer.stored = state.number - snapshot;
    session.settleLeft();
    await session.versions.begin();
    return session;
  }

  private constructor(
    private readonly host: SessionHost,
    readonly notebookId: string,
    private state: NotebookState,
    private readonly doc: Y.Doc,
    /** One visitor's copy of an app: it ends when it is left. */
    readonly isVisit: boolean,
  ) {
    this.writer = new OperationWriter({
      hostId: host.id,
      notebookId,
      signal: host.signal,
      onLeaseLost: host.onLeaseLost,
    });
    this.runtime = new SessionRuntime(notebookId, host.kernels, {
      hostId: host.id,
      state: () => this.state,
      order: (operation) => this.order(operation, null),
      tell: (comm) => {
        for (const listener of this.listeners) listener({ kind: 'comm', comm });
      },
      providers: (cellId, source) => this.providers(cellId, source),
    });
    this.versions = new SessionVersions({
      notebookId,
      state: () => this.state,
      sourceOf: (cellId) => sourceOf(doc, cellId),
      setSources: (sources) =>
        editTexts(doc, null, () => {
          for (const [cellId, source] of sources) setText(doc, cellId, source);
        }),
      order: (operation) => this.order(operation, null),
      whileHeld: (work) => this.whileHeld(work),
    });
    this.names = new CellNames({
      doc,
      state: () => this.state,
      language: () => namesLanguage(this.runtime.language),
      order: (operation) => this.order(operation, null),
    });
  }

  /** Where the names come from that a text uses which is about to run in a cell. */
  private providers(cellId: string, source: string): Record<string, string> {
    this.names.settle();
    const { uses } = namesOf(namesLanguage(this.runtime.language), source);
    return Object.fromEntries(providersFor(this.state, cellId, uses));
  }

  /** Takes what a page sent; gives the number of the last operation once all are stored. */
  async receive({ client, operations }: SentOperations): Promise<{ number: number }> {
    while (this.held) await this.held;
    for (const { sequence, operation } of operations) this.order(operation, { client, sequence });
    await this.writer.flush();
    return { number: this.state.number };
  }

  /** Tells what came after a place, and from then on all that comes. Gives what ends it. */
  follow(place: { epoch: string | null; number: number }, listener: Listener): () => void {
    const missed = this.since(place);
    if (missed === null)
      listener({ kind: 'all', epoch: this.host.id, state: this.state, text: encodeDocument(this.doc) });
    else if (missed.length > 0) listener({ kind: 'operations', epoch: this.host.id, operations: missed });
    else listener({ kind: 'here', epoch: this.host.id });
    this.listeners.add(listener);
    if (!this.hasRuntime) this.runtime.prepare();
    this.quietSince = Date.now();
    this.leftSince = null;
    this.isLeft = false;
    return () => {
      this.listeners.delete(listener);
      this.quietSince = Date.now();
      if (this.listeners.size === 0) this.leftSince = Date.now();
    };
  }

  /** A message of comms for the kernel; where none runs there is nobody to hear it. */
  sendComm(comm: Comm): void {
    this.runtime.sendComm(comm);
  }

  /** Whoever had it open has closed the page. */
  leave(): void {
    this.isLeft = true;
  }

  complete(code: string, offset: number) {
    return this.runtime.complete(code, offset);
  }

  inspect(code: string, offset: number) {
    return this.runtime.inspect(code, offset);
  }

  /** Those that the cells define which have run in this kernel, the newest last, are asked for where it does not know them by itself. */
  variables() {
    const { cells, runtime } = this.state;
    const ran = Object.values(cells)
      .filter((cell) => lastRun(cell)?.generation === runtime.generation)
      .sort((a, b) => begunBy(a) - begunBy(b));
    return this.runtime.variables([...new Set(ran.flatMap(({ names }) => names?.defines ?? []))]);
  }

  get isFollowed(): boolean {
    return this.listeners.size > 0;
  }

  get hasRuntime(): boolean {
    return this.state.runtime.state !== 'none' && this.state.runtime.state !== 'died';
  }

  get isRunning(): boolean {
    return this.state.running !== null;
  }

  /** Ends the runtime, where there is one; the notebook stays open. */
  endRuntime(): void {
    if (this.hasRuntime) this.order({ kind: 'shutdown' }, null);
  }

  /** Ends the runtime and stores all. */
  async close(): Promise<void> {
    this.names.end();
    this.endRuntime();
    await this.runtime.end();
    await this.writer.flush();
    await this.versions.checkpoint(true);
    if (this.writer.stored === 0) return;
    await this.save();
    await dropUnusedBlobs(db(), this.notebookId);
  }

  /** Without storing: the notebook is deleted. */
  async discard(): Promise<void> {
    this.names.end();
    await this.runtime.end();
    await this.writer.flush().catch(() => undefined);
  }

  /** null: that place cannot be gone on from. */
  private since({ epoch, number }: { epoch: string | null; number: number }): NumberedOperation[] | null {
    if (epoch !== null && epoch !== this.host.id) return null;
    if (number === this.state.number) return [];
    return number > this.state.number ? null : this.recent.since(number);
  }

  private order(given: Operation, by: NumberedOperation['by']): void {
    const operation = clean(given);
    const number = this.state.number + 1;
    // What was typed as an answer, a password perhaps, is kept nowhere.
    const told: Operation = operation.kind === 'answer' ? { ...operation, text: '' } : operation;
    const entry: NumberedOperation = { number, at: new Date().toISOString(), by, operation: told };
    const typedInto = 'update' in operation && operation.update ? this.takeUpdate(operation.update) : [];
    if (typedInto === null) return;
    const before = this.state;
    const { state, effects } = apply(before, entry);
    this.state = state;
    this.quietSince = Date.now();
    this.recent.add(entry);
    const message: NotebookMessage = { kind: 'operations', epoch: this.host.id, operations: [entry] };
    for (const listener of this.listeners) listener(message);
    this.writer.add(entry);
    this.touch(operation);
    this.versions.see(operation);
    if (operation.kind === 'text') this.bringBack(typedInto);
    if (operation.kind === 'revert') this.names.readAll();
    for (const effect of effects) this.runtime.perform(withAnswer(effect, operation));
    if (operation.kind === 'type' || operation.kind === 'restore') this.names.read(operation.cellId);
    if (state.runtime.info?.language !== before.runtime.info?.language) this.names.readAll();
    if (operation.kind === 'finished' && operation.state === 'ok') this.runDependents();
    if (this.writer.stored > SNAPSHOT_OPERATIONS || this.writer.characters > SNAPSHOT_CHARACTERS) void this.saveSoon();
  }

  /** Where the notebook runs by itself: the cells to whose names the last run gave another value, and what depends on them. */
  private runDependents(): void {
    const { state, doc } = this;
    if (!state.isAutomatic || state.running || state.queue.length > 0) return;
    const stale = [...staleCells(state, (id) => sourceHash(sourceOf(doc, id)))];
    const again = stale.filter(([, { kind }]) => kind === 'again').map(([id]) => id);
    // What a person is still writing waits until they run it.
    const edited = stale.filter(([, { kind }]) => kind === 'edited').map(([id]) => id);
    const runs = planRuns(state, again, new Set(edited)).map((cellId) => ({
      ...{ cellId, runId: randomUUID(), source: sourceOf(doc, cellId) },
    }));
    if (runs.length > 0) this.order({ kind: 'run', runs }, null);
  }

  /** The cells whose texts it changes; null where it is no update of Yjs: whoever sends such has nothing to change. */
  private takeUpdate(update: string): string[] | null {
    const changed: string[] = [];
    const listen = (transaction: Y.Transaction) => {
      // A page could send other things than texts of cells.
      for (const type of transaction.changed.keys()) if (type._item === null) changed.push(Y.findRootTypeKey(type));
    };
    this.doc.on('afterTransaction', listen);
    try {
      applyUpdate(this.doc, update, null);
      return changed;
    } catch (err) {
      logger.warn({ err, notebookId: this.notebookId }, 'an update of the texts could not be read');
      return null;
    } finally {
      this.doc.off('afterTransaction', listen);
    }
  }

  /** A cell into which somebody typed while going back to a version removed it: it comes back, so that no letter is lost. */
  private bringBack(cellIds: readonly string[]): void {
    for (const { cell, after, isReverted } of this.state.bin)
      if (isReverted && cellIds.includes(cell.id)) this.order({ kind: 'restore', cellId: cell.id, after }, null);
  }

  private async whileHeld<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.held) await this.held;
    this.quietSince = Date.now();
    const done = work().finally(() => this.writer.flush());
    const held = done
      .catch(() => undefined)
      .finally(() => {
        this.held = null;
      });
    this.held = held;
    return done;
  }

  private settleLeft(): void {
    const { running, queue, runtime } = this.state;
    const at = new Date().toISOString();
    if (queue.length > 0) this.order({ kind: 'interrupt' }, null);
    if (running) this.order({ kind: 'finished', ...running, state: 'lost', executionCount: null, at }, null);
    if (runtime.state === 'none' || runtime.state === 'died') return;
    const message = 'The platform was ended while the kernel ran; its variables are gone.';
    this.order({ kind: 'runtime', state: 'died', message }, null);
  }

  private touch(operation: Operation): void {
    if (operation.kind === 'output' || Date.now() - this.touchedAt < TOUCH_MS) return;
    this.touchedAt = Date.now();
    db()
      .notebook.updateMany({ where: { id: this.notebookId }, data: { updatedAt: new Date() } })
      .catch(() => undefined);
  }

  private async saveSoon(): Promise<void> {
    if (this.isSaving) return;
    this.isSaving = true;
    try {
      await this.save();
    } catch (err) {
      logger.warn({ err, notebookId: this.notebookId }, 'a snapshot could not be stored; the next one will');
    } finally {
      this.isSaving = false;
    }
  }

  /** State and texts of one moment, once all operations up to it are stored. */
  private async save(): Promise<void> {
    const { state } = this;
    if (this.writer.stored === 0) return;
    const text = encodeDocument(this.doc);
    this.writer.stored = 0;
    this.writer.characters = 0;
    await this.writer.flush();
    await saveSnapshot(db(), this.notebookId, state, text);
  }
}

const withAnswer = (effect: Effect, operation: Operation): Effect =>
  effect.kind === 'answer' && operation.kind === 'answer' ? { ...effect, text: operation.text } : effect;
