import { mkdirSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { db } from '@/server/db/client';
import { env } from '@/server/env';
import { toAppError } from '@/server/errors';
import { logger } from '@/server/log';
import type { Effect } from '@/server/schemas/notebook/apply';
import { type Comm, toComm } from '@/server/schemas/notebook/comms';
import { toBundle } from '@/server/schemas/notebook/from-file';
import type { Completion, Variables } from '@/server/schemas/notebook/notebooks';
import type { Operation } from '@/server/schemas/notebook/operations';
import type { Bundle, NotebookState, RuntimeInfo } from '@/server/schemas/notebook/state';
import { findKernelspec, findKernelspecs, type Kernelspec } from '../jupyter/kernelspecs';
import type { RuntimePool } from '../jupyter/pool';
import type { Runtime, RuntimeExit, RuntimeMessage } from '../jupyter/runtime';
import { type LentToken, lendToken, takeBackToken } from '../lent-tokens';
import { keepText, moveLargeValues } from '../store/large-values';
import { listVariables } from '../variables/list-variables';
import { CommGate } from './comm-gate';
import { OutputPipe } from './output-pipe';
import { toPart } from './to-part';

const GIB = 1024 ** 3;
/** Of one run, in the blob store, bytes. */
const STORED_MAX = 500_000_000;
/** What the person's code makes of a question may take as long as it likes; nobody waits for it longer. */
const VARIABLES_MAX_MS = 5_000;
/** Runs whose late outputs still find their cell. */
const RUNS_KNOWN = 2_000;

/** Where kernels come from: a pool that has one waiting. */
export type Kernels = Pick<RuntimePool, 'start' | 'warm'>;

interface Notebook {
  /** The process that owns it. */
  hostId: string;
  state(): NotebookState;
  order(operation: Operation): void;
  /** What is told to who is there, and not kept. */
  tell(comm: Comm): void;
  /** The cells that give the names which a text uses that is about to run, by name. */
  providers(cellId: string, source: string): Record<string, string>;
}

/** The runtime of one notebook: does what the notebook's effects say, and tells as operations what comes of it. */
export class SessionRuntime {
  private runtime: Runtime | null = null;
  /** With which its code may use the platform as long as it lives. */
  private token: LentToken | null = null;
  /** Starts and ends follow one another. */
  private turn: Promise<void> = Promise.resolve();
  private isInterrupting = false;
  /** What was found out about a kernel by its name. */
  private found: { spec: string; language: string | null } | null = null;
  /** Of large values that the running cell has put out. */
  private storedBytes = 0;
  /** The cell of each run. */
  private readonly cells = new Map<string, string>();
  private readonly pipe: OutputPipe;
  private readonly comms: CommGate;
  /** Of what is asked of the kernel besides the cells. */
  private readonly listeners = new Set<(message: RuntimeMessage) => void>();
  private listing: Promise<Variables | null> | null = null;

  constructor(
    private readonly notebookId: string,
    private readonly kernels: Kernels,
    private readonly notebook: Notebook,
  ) {
    this.comms = new CommGate((comm) => notebook.tell(comm));
    this.pipe = new OutputPipe({
      moveValues: (bundle) => this.moveValues(bundle),
      keepText: (text) =>
        keepText(db(), notebookId, text, 'text').catch((err) => {
          logger.warn({ err, notebookId }, 'the whole of a long output could not be kept');
          return null;
        }),
      emit: (cellId, parts) => notebook.order({ kind: 'output', cellId, parts }),
    });
  }

  perform(effect: Effect): void {
    switch (effect.kind) {
      case 'execute':
        if (this.notebook.state().runtime.state === 'ready') void this.execute(effect);
        else this.inTurn(() => this.start());
        return;
      case 'interrupt':
        void this.interrupt().catch((err) => this.fail(err));
        return;
      case 'restart':
        this.inTurn(() => this.restart());
        return;
      case 'shutdown':
        this.inTurn(() => this.stop());
        return;
      case 'answer':
        this.runtime?.answerInput(effect.text);
    }
  }

  /** Somebody has opened the notebook: a kernel may wait for its first cell. */
  prepare(): void {
    const spec = this.findSpec();
    if (spec) this.kernels.warm({ spec, limits: limits() });
  }

  private findSpec(): Kernelspec | null {
    const { runtime, metadata } = this.notebook.state();
    const language = (metadata['kernelspec'] as { language?: unknown } | undefined)?.language;
    return findKernelspec(runtime.spec, typeof language === 'string' ? language : undefined);
  }

  /** The language of the kernel that runs, or that would. */
  get language(): string | null {
    const { runtime } = this.notebook.state();
    if (runtime.info) return runtime.info.language;
    if (this.found?.spec !== runtime.spec)
      this.found = { spec: runtime.spec, language: this.findSpec()?.language ?? null };
    return this.found.language;
  }

  async complete(code: string, offset: number): Promise<Completion | null> {
    if (!this.runtime || this.isBusy) return null;
    const { matches, start, end, metadata } = await this.runtime.complete(code, offset);
    const types = metadata['_jupyter_types_experimental'];
    const typeOf = (i: number) => {
      const type = (Array.isArray(types) ? (types[i] as { type?: unknown }) : null)?.type;
      return typeof type === 'string' ? type : null;
    };
    return { start, end, matches: matches.slice(0, 500).map((text, i) => ({ text, type: typeOf(i) })) };
  }

  async inspect(code: string, offset: number): Promise<Bundle | null> {
    const reply = this.isBusy ? null : await this.runtime?.inspect(code, offset);
    return reply?.found ? toBundle(reply.data) : null;
  }

  sendComm(comm: Comm): void {
    if (comm.type === 'open') this.runtime?.commOpen(comm.commId, comm.target, comm.data);
    else if (comm.type === 'message') this.runtime?.commMessage(comm.commId, comm.data);
    else this.runtime?.commClose(comm.commId, comm.data);
  }

  /** What the kernel holds; several who ask at once get one answer. null where it has no moment, or cannot tell. */
  async variables(names: readonly string[]): Promise<Variables | null> {
    const { runtime } = this;
    if (!runtime || this.isBusy) return null;
    const listen = (listener: (message: RuntimeMessage) => void) => {
      this.listeners.add(listener);
      return () => void this.listeners.delete(listener);
    };
    this.listing ??= listVariables(runtime, this.language, { names, listen })
      .catch(() => null)
      .finally(() => {
        this.listing = null;
      });
    return Promise.race([this.listing, setTimeout(VARIABLES_MAX_MS, null, { ref: false })]);
  }

  /** It would answer only when the cell has ended. */
  private get isBusy(): boolean {
    return this.notebook.state().running !== null;
  }

  /** Ends the process, after what was begun. */
  async end(): Promise<void> {
    this.inTurn(() => this.stop());
    await this.turn;
    await this.pipe.settle();
  }

  /** An endless loop of pictures fills no disk. */
  private async moveValues(bundle: Bundle): Promise<Bundle> {
    if (this.storedBytes > STORED_MAX)
      return { 'text/plain': { inline: '[Left out: this run has put out more than 500 MB of pictures and data.]' } };
    try {
      const moved = await moveLargeValues(db(), this.notebookId, bundle);
      for (const value of Object.values(moved)) if ('blob' in value) this.storedBytes += value.bytes;
      return moved;
    } catch (err) {
      return { 'text/plain': { inline: `[This output could not be stored: ${toAppError(err).userMessage}]` } };
    }
  }

  private inTurn(act: () => Promise<void>): void {
    this.turn = this.turn.then(act).catch((err) => this.fail(err));
  }

  private fail(err: unknown): void {
    logger.warn({ err, notebookId: this.notebookId }, 'a kernel could not be started, interrupted or ended');
    this.notebook.order({ kind: 'runtime', state: 'died', message: describe(err) });
  }

  private async start(): Promise<void> {
    const { runtime } = this.notebook.state();
    if (runtime.state !== 'none' && runtime.state !== 'died') return;
    this.notebook.order({ kind: 'runtime', state: 'starting' });
    const spec = this.findSpec();
    if (!spec) throw new Error(absent(runtime.spec));
    const folder = join(env().notebookFolder, this.notebookId);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const options = { spec, folder, environment: await this.lendToken(), limits: limits() };
    try {
      this.runtime = await this.kernels.start(options, this.hear, this.exit);
    } catch (err) {
      await this.takeBackToken();
      throw err;
    }
    // Shut down or restarted while it started: what was asked last counts.
    if (this.notebook.state().runtime.state !== 'starting') return this.stop();
    this.notebook.order({ kind: 'runtime', state: 'ready', info: this.info(this.runtime, spec.displayName) });
  }

  private async restart(): Promise<void> {
    if (!this.runtime) {
      this.notebook.order({ kind: 'runtime', state: 'none' });
      return this.start();
    }
    this.cells.clear();
    await this.runtime.restart();
    this.notebook.order({ kind: 'runtime', state: 'ready' });
  }

  private async stop(): Promise<void> {
    const { runtime } = this;
    this.runtime = null;
    await runtime?.shutdown();
    await this.takeBackToken();
  }

  private async lendToken(): Promise<Record<string, string>> {
    const { origin } = env();
    if (!origin) return {};
    const { projectId, userId, name } = await db().notebook.findUniqueOrThrow({ where: { id: this.notebookId } });
    await this.takeBackToken();
    this.token = await lendToken({ projectId, userId, name, runtimeHostId: this.notebook.hostId });
    return { BRINE_URL: origin, BRINE_TOKEN: this.token.token };
  }

  private async takeBackToken(): Promise<void> {
    const { token } = this;
    this.token = null;
    if (token) await takeBackToken(token.id);
  }

  private async execute({ cellId, runId, source }: Extract<Effect, { kind: 'execute' }>): Promise<void> {
    const { runtime } = this;
    // Asked for again by each operation until the run is told to have begun; what is told before that is among them.
    if (!runtime || this.cells.has(runId)) return;
    this.isInterrupting = false;
    this.storedBytes = 0;
    this.cells.set(runId, cellId);
    if (this.cells.size > RUNS_KNOWN) this.cells.delete(this.cells.keys().next().value!);
    const from = this.notebook.providers(cellId, source);
    this.notebook.order({ kind: 'started', cellId, runId, at: new Date().toISOString(), from });
    try {
      const { status, executionCount } = await runtime.execute(source, { id: runId, allowStdin: true });
      await this.pipe.end(cellId);
      const state = status === 'ok' ? 'ok' : this.isInterrupting ? 'interrupted' : 'error';
      this.notebook.order({ kind: 'finished', cellId, runId, state, executionCount, at: new Date().toISOString() });
    } catch (err) {
      await this.pipe.end(cellId);
      // Where the process ended or was started anew, that was told, and the run with it.
      logger.debug({ err, notebookId: this.notebookId }, 'a run did not come to its end');
    }
  }

  private async interrupt(): Promise<void> {
    if (!this.runtime || !this.notebook.state().running) return;
    this.isInterrupting = true;
    const { hasRestarted } = await this.runtime.interrupt();
    if (!hasRestarted) return;
    const message = 'The cell did not let itself be interrupted: the kernel was started anew, its variables are gone.';
    this.notebook.order({ kind: 'runtime', state: 'died', message });
    this.notebook.order({ kind: 'runtime', state: 'starting' });
    this.notebook.order({ kind: 'runtime', state: 'ready', message });
  }

  private readonly hear = (message: RuntimeMessage): void => {
    const { type, parentId, content } = message;
    for (const listener of this.listeners) listener(message);
    const comm = toComm(type, content);
    if (comm) this.comms.hear(comm);
    const cellId = this.cells.get(parentId ?? '');
    if (cellId === undefined) return;
    if (type === 'input_request') {
      const { prompt, password } = content as { prompt?: unknown; password?: unknown };
      const question = { prompt: String(prompt ?? '').slice(0, 2_000), isPassword: password === true };
      this.notebook.order({ kind: 'question', cellId, ...question });
      return;
    }
    const part = toPart(type, content);
    if (part) this.pipe.add(cellId, part);
  };

  private readonly exit = ({ exitCode, signal }: RuntimeExit): void => {
    this.runtime = null;
    this.takeBackToken().catch((err) => logger.warn({ err }, 'a token is taken back when it ends by itself'));
    const how = signal ? `by ${signal}` : `with exit code ${exitCode}`;
    const why = signal === 'SIGKILL' ? ' It may have taken more memory than it may hold.' : '';
    this.notebook.order({ kind: 'runtime', state: 'died', message: `The kernel ended ${how}.${why}` });
  };

  private info({ info, confinement }: Runtime, displayName: string): RuntimeInfo {
    const { name, version } = info.language_info;
    return { displayName, language: name, version, confinement };
  }
}

const limits = () => ({ memoryBytes: Math.max(2 * GIB, Math.floor(totalmem() / 4)) });

function absent(spec: string): string {
  const names = findKernelspecs().map(({ displayName, name }) => `${displayName} (${name})`);
  return `This machine has no kernel named ${spec}. It has: ${names.join(', ') || 'none'}.`;
}

const describe = (err: unknown) => (err instanceof Error ? err.message : String(err)).slice(0, 1_000);
