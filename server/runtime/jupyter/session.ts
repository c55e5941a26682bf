import { randomUUID } from 'node:crypto';
import { AppError } from '@/server/errors';
import { Channels, type RequestChannel } from './channels';
import { makeConnection } from './connection';
import { FENCE } from './kernelspecs';
import { type Exit, type KernelProcess, kernelFolderOf, type LaunchOptions, launchKernel } from './launch';
import { type KernelInfo, kernelInfoSchema } from './messages';
import type { WireMessage } from './wire';

export type Said = Pick<WireMessage, 'type' | 'parentId' | 'content' | 'metadata' | 'buffers'>;

export interface SessionHandlers {
  /** Of iopub and stdin, in order. */
  onMessage(message: Said): void;
  /** The process ended after it had started. */
  onExit(exit: Exit): void;
}

interface Request {
  type: string;
  content: Record<string, unknown>;
  id?: string;
  channel?: 'shell' | 'control';
  /** Whether it is done only when the kernel is idle again and all that it said was heard. */
  isUntilIdle?: boolean;
}

interface Pending {
  isUntilIdle: boolean;
  reply: WireMessage | null;
  /** What it said about being idle, which ends it. */
  idle: Said | null;
  hasSaidError: boolean;
  /** Some of what it said could not be read. */
  hasLost: boolean;
  /** Ends it where nothing is heard any more after its reply. */
  silence: NodeJS.Timeout | null;
  isInterrupted: boolean;
  settle(reply: WireMessage): void;
  fail(err: Error): void;
}

const START_TIMEOUT_MS = 60_000;
/** Between questions to a kernel that is starting: what it said before we were heard is lost. */
const NUDGE_MS = 50;
/** Of silence. A fence is passed in milliseconds after the last output; where a cell has broken the names that it uses, nothing is heard of it. */
const FENCE_TIMEOUT_MS = 1_000;
/** Of silence after a reply, until what was to come is taken for lost; and where some of it is known to be. */
const SILENCE_MAX_MS = 20_000;
const LOST_SILENCE_MS = 1_000;

/** One kernel process and its channels, from its start to its end. */
export class Session {
  readonly process: KernelProcess;
  readonly #pending = new Map<string, Pending>();
  /** Requests whose fence runs. */
  readonly #fences = new Map<string, { pass(): void; timer: NodeJS.Timeout }>();
  /** Requests that are done, of which the end of their fence is still to be heard. */
  readonly #passed = new Set<string>();
  /** Of the questions at the start, of which nobody wants to hear. */
  readonly #nudges = new Set<string>();
  #info: KernelInfo | null = null;
  #isHeard = false;
  /** The connection to iopub is out of step, and is begun anew. */
  #isDeaf = false;
  #isStopping = false;
  #hasEnded = false;
  /** Header of the last prompt for input: the answer names it. */
  #prompt: Record<string, unknown> | null = null;

  /** Resolves when the kernel answered on the shell and was heard on iopub. */
  static async start(options: LaunchOptions, handlers: SessionHandlers): Promise<Session> {
    const connection = await makeConnection(options.spec.transport, kernelFolderOf);
    let session: Session | null = null;
    const channels = await Channels.open(
      connection,
      (channel, message) => {
        if (session) session.#receive(channel, message);
      },
      () => {
        if (session) session.#loseStep();
      },
    );
    try {
      session = new Session(options, channels, handlers);
      await session.#meet();
      return session;
    } catch (err) {
      session?.process.kill();
      await session?.process.exited;
      channels.close();
      connection.remove();
      throw err;
    }
  }

  private constructor(
    readonly options: LaunchOptions,
    readonly channels: Channels,
    readonly handlers: SessionHandlers,
  ) {
    this.process = launchKernel(options, channels.connection);
    void this.process.exited.then((exit) => this.#end(exit));
  }

  get info(): KernelInfo {
    return this.#info!;
  }

  get isEnded(): boolean {
    return this.#hasEnded;
  }

  /** What runs; what was sent after it waits in the kernel. */
  get running(): string | null {
    for (const [id, { isUntilIdle }] of this.#pending) if (isUntilIdle) return id;
    return null;
  }

  /** What runs now ends because somebody asked for it. */
  noteInterrupt(): void {
    const pending = this.#pending.get(this.running ?? '');
    if (pending) pending.isInterrupted = true;
  }

  request({ type, content, id = randomUUID(), channel = 'shell', isUntilIdle = false }: Request): Promise<WireMessage> {
    if (this.#hasEnded) return Promise.reject(ended());
    return new Promise((settle, fail) => {
      this.#pending.set(id, {
        isUntilIdle,
        reply: null,
        idle: null,
        hasSaidError: false,
        hasLost: false,
        silence: null,
        isInterrupted: false,
        settle,
        fail,
      });
      this.channels.send(channel, { type, content, id }).catch((err) => {
        this.#pending.delete(id);
        fail(err);
      });
    });
  }

  /** A message without an answer. */
  send(channel: RequestChannel, type: string, content: Record<string, unknown>, buffers: Uint8Array[] = []): void {
    if (!this.#hasEnded) this.channels.send(channel, { type, content, buffers }).catch(() => undefined);
  }

  answerInput(value: string): void {
    if (this.#hasEnded || !this.#prompt) return;
    const parent = this.#prompt;
    this.#prompt = null;
    this.channels.send('stdin', { type: 'input_reply', content: { value }, parent }).catch(() => undefined);
  }

  ping(timeoutMs: number): Promise<boolean> {
    return this.#hasEnded ? Promise.resolve(false) : this.channels.ping(timeoutMs);
  }

  /** Asks it to end, waits that long, and then ends it and all that it started. */
  async stop(graceMs: number, restart: boolean): Promise<void> {
    this.#isStopping = true;
    if (this.#hasEnded) return;
    this.send('control', 'shutdown_request', { restart });
    const timer = setTimeout(() => this.process.kill(), graceMs);
    await this.process.exited;
    clearTimeout(timer);
  }

  async #meet(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    let answer: KernelInfo | null = null;
    while (!(answer && this.#isHeard)) {
      if (this.#hasEnded || Date.now() > deadline) throw startFailed(this.process.errorTail());
      const id = randomUUID();
      this.#nudges.add(id);
      this.request({ type: 'kernel_info_request', content: {}, id }).then(
        ({ content }) => {
          answer ??= kernelInfoSchema.safeParse(content).data ?? null;
        },
        // That it ended is seen above.
        () => undefined,
      );
      await new Promise((resolve) => setTimeout(resolve, NUDGE_MS));
    }
    this.#info = answer;
  }

  #receive(channel: RequestChannel | 'iopub', message: WireMessage): void {
    const { type, parentId, content, metadata, buffers } = message;
    const pending = this.#pending.get(parentId ?? '');
    if (channel === 'iopub') {
      this.#isHeard = true;
      this.#isDeaf = false;
      for (const { silence } of this.#pending.values()) silence?.refresh();
      this.#hear({ type, parentId, content, metadata, buffers }, pending);
    } else if (channel === 'stdin') {
      if (type === 'input_request') this.#prompt = message.header;
      this.#tell(message);
    } else if (type.endsWith('_reply')) {
      if (!pending) return;
      // Of a fence that could not run: what a cell may do to the names that it uses.
      if (pending.reply && content.status === 'error') this.#fences.get(parentId!)?.pass();
      pending.reply ??= message;
      this.#settleIfDone(parentId!, pending);
      if (pending.isUntilIdle && !pending.idle) this.#awaitIdle(parentId!, pending);
      // Some kernels answer comms on the channel on which they were spoken to.
    } else if (type.startsWith('comm_')) this.#tell(message);
  }

  /** From iopub. */
  #hear(said: Said, pending: Pending | undefined): void {
    const { type, parentId } = said;
    const isIdle = type === 'status' && said.content.execution_state === 'idle';
    // A fence bears the name of the request that it ends, so that late output keeps its parent; of itself nothing is told.
    const fence = this.#fences.get(parentId ?? '');
    fence?.timer.refresh();
    if (type === FENCE) {
      fence?.pass();
      return;
    }
    const isOfFence = fence !== undefined || this.#passed.has(parentId ?? '');
    if (isOfFence && (type === 'status' || type === 'execute_input')) {
      if (isIdle) this.#passed.delete(parentId!);
      return;
    }
    if (type === 'error' && pending) pending.hasSaidError = true;
    if (!isIdle || !pending?.isUntilIdle) {
      this.#tell(said);
      return;
    }
    pending.idle = said;
    const { spec } = this.options;
    if (spec.fence) this.#sendFence(parentId!, pending, spec.fence);
    else this.#settleIfDone(parentId!, pending);
  }

  /** A kernel may write a large output into others of its own: what follows it on the connection is no message any more. */
  #loseStep(): void {
    if (this.#isDeaf || this.#hasEnded) return;
    this.#isDeaf = true;
    this.channels.listenAnew();
    for (const [id, pending] of this.#pending) {
      if (!pending.isUntilIdle) continue;
      pending.hasLost = true;
      if (pending.reply && !pending.idle) this.#awaitIdle(id, pending);
    }
  }

  /** It has replied: should nothing be heard any more it is done. */
  #awaitIdle(id: string, pending: Pending): void {
    if (pending.silence) clearTimeout(pending.silence);
    pending.silence = setTimeout(
      () => {
        if (this.#pending.get(id) !== pending || pending.idle) return;
        if (!pending.hasLost) this.channels.listenAnew();
        pending.hasLost = true;
        pending.idle = {
          ...{ type: 'status', parentId: id, content: { execution_state: 'idle' } },
          ...{ metadata: {}, buffers: [] },
        };
        this.#settleIfDone(id, pending);
      },
      pending.hasLost ? LOST_SILENCE_MS : SILENCE_MAX_MS,
    );
  }

  #sendFence(id: string, pending: Pending, code: string): void {
    const pass = () => {
      clearTimeout(timer);
      this.#fences.delete(id);
      this.#passed.add(id);
      this.#settleIfDone(id, pending);
    };
    const timer = setTimeout(pass, FENCE_TIMEOUT_MS);
    this.#fences.set(id, { pass, timer });
    const content = { code, silent: true, store_history: false, allow_stdin: false, stop_on_error: false };
    this.channels.send('shell', { type: 'execute_request', id, content }).catch(pass);
  }

  #settleIfDone(id: string, pending: Pending): void {
    if (!pending.reply || this.#fences.has(id) || (pending.isUntilIdle && !pending.idle)) return;
    this.#pending.delete(id);
    if (pending.silence) clearTimeout(pending.silence);
    if (pending.idle) {
      if (pending.hasLost) this.#tell({ ...pending.idle, type: 'stream', content: { name: 'stderr', text: LOST } });
      // A kernel may tell whoever asked of an error, but not those who listen.
      if (pending.reply.content.status === 'error' && !pending.hasSaidError) {
        if (pending.isInterrupted) Object.assign(pending.reply.content, interruption);
        this.#tell({ ...pending.idle, type: 'error', content: pending.reply.content });
      }
      this.#tell(pending.idle);
    }
    pending.settle(pending.reply);
  }

  #tell({ type, parentId, content, metadata, buffers }: Said): void {
    if (!this.#info || this.#isStopping || this.#nudges.has(parentId ?? '')) return;
    this.handlers.onMessage({ type, parentId, content, metadata, buffers });
  }

  #end(exit: Exit): void {
    this.#hasEnded = true;
    this.channels.close();
    this.channels.connection.remove();
    for (const { timer } of this.#fences.values()) clearTimeout(timer);
    for (const { fail, silence } of this.#pending.values()) {
      if (silence) clearTimeout(silence);
      fail(ended());
    }
    this.#pending.clear();
    if (this.#info) this.handlers.onExit(exit);
  }
}

const LOST =
  '\n[Some of this output was lost: it was more than the connection of the kernel takes at once. Show less of it, or write it to a file.]\n';

/** In place of an error without a name. */
const interruption = { ename: 'Interrupted', evalue: 'The cell was interrupted.', traceback: [] };

const ended = () => new AppError('unavailable', 'The kernel ended before it answered.');

const startFailed = (said: string) =>
  new AppError('unavailable', `a kernel did not start: ${said}`, {
    userMessage: `The kernel did not start.${said ? ` It said: ${said.split('\n').at(-1)}` : ''} Try again; if it stays so, look at how it is installed.`,
  });
