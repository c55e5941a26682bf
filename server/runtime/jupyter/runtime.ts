import { AppError } from '@/server/errors';
import { toCodePoints, toUtf16 } from './code-points';
import { type Confinement, confinementOf } from './confinement';
import type { Kernelspec } from './kernelspecs';
import type { Exit, LaunchOptions, Limits } from './launch';
import {
  commInfoReplySchema,
  completeReplySchema,
  type ExecuteReply,
  executeReplySchema,
  historyReplySchema,
  type InspectReply,
  type IsCompleteReply,
  inspectReplySchema,
  isCompleteReplySchema,
  type KernelInfo,
} from './messages';
import { type Said, Session } from './session';

export type { Confinement, ExecuteReply, InspectReply, IsCompleteReply, KernelInfo, Kernelspec, Limits };
export type RuntimeOptions = LaunchOptions;
export type RuntimeExit = Exit;

/** What a kernel says on iopub and stdin, in order. */
export type RuntimeMessage = Said;

export type OnMessage = (message: RuntimeMessage) => void;
export type OnExit = (exit: RuntimeExit) => void;

export interface ExecuteOptions {
  silent?: boolean;
  storeHistory?: boolean;
  /** Whether what was sent meanwhile is skipped after an error. A kernel may then also skip what is sent right after. */
  stopOnError?: boolean;
  allowStdin?: boolean;
  userExpressions?: Record<string, string>;
  /** Becomes the `parentId` of all that it says. */
  id?: string;
}

export interface Completion {
  matches: string[];
  /** What a match replaces, in UTF-16 units of the code. */
  start: number;
  end: number;
  metadata: Record<string, unknown>;
}

const SHUTDOWN_GRACE_MS = 2_000;
const INTERRUPT_GRACE_MS = 5_000;

/** A running kernel of Jupyter, with which all is said in our words. It ends with `shutdown`, or on its own. */
export class Runtime {
  #session!: Session;
  /** An end that was asked for is not told. */
  #isExpected = false;
  #restarting: Promise<void> | null = null;

  /**
   * Resolves when the kernel has answered. `onMessage` hears all of iopub and stdin from then on; `onExit` is called once,
   * when the kernel ends though nobody asked.
   */
  static async start(options: RuntimeOptions, onMessage: OnMessage, onExit: OnExit): Promise<Runtime> {
    const runtime = new Runtime(options, onMessage, onExit);
    await runtime.#begin();
    return runtime;
  }

  private constructor(
    private options: RuntimeOptions,
    private onMessage: OnMessage,
    private onExit: OnExit,
  ) {}

  async #begin(): Promise<void> {
    this.#session = await Session.start(this.options, {
      onMessage: (message) => this.onMessage(message),
      onExit: (exit) => {
        if (!this.#isExpected) this.onExit(exit);
      },
    });
    // It may have ended in between.
    if (this.#session.isEnded) throw new AppError('unavailable', 'The kernel ended while it started.');
  }

  /** Makes a runtime that waited that of a notebook: its folder has been moved to where `options` say, and it gets the environment. */
  async adopt(options: RuntimeOptions, onMessage: OnMessage, onExit: OnExit): Promise<void> {
    const code = options.spec.setEnvironment?.(options.environment) ?? '';
    const { status } = await this.execute(code, { silent: true, storeHistory: false });
    if (status !== 'ok') throw new AppError('unavailable', 'The kernel did not take its environment.');
    Object.assign(this, { options, onMessage, onExit });
  }

  get info(): KernelInfo {
    return this.#session.info;
  }

  get confinement(): Confinement[] {
    return confinementOf(this.options.limits);
  }

  get folder(): string {
    return this.options.folder;
  }

  /** Of its process group, for whoever must find it after a crash of ours. */
  get pid(): number {
    return this.#session.process.pid;
  }

  /** Resolves when the kernel has replied and is idle again; an error of the code is a reply like any other. Rejects where the kernel ends before. */
  async execute(code: string, options: ExecuteOptions = {}): Promise<ExecuteReply> {
    const { content } = await this.#session.request({
      type: 'execute_request',
      id: options.id,
      isUntilIdle: true,
      content: {
        code,
        silent: options.silent ?? false,
        store_history: options.storeHistory ?? !options.silent,
        user_expressions: options.userExpressions ?? {},
        allow_stdin: options.allowStdin ?? false,
        stop_on_error: options.stopOnError ?? false,
      },
    });
    return executeReplySchema.parse(content);
  }

  async complete(code: string, cursorOffset: number): Promise<Completion> {
    const cursor_pos = toCodePoints(code, cursorOffset);
    const { content } = await this.#session.request({ type: 'complete_request', content: { code, cursor_pos } });
    const { matches, cursor_start, cursor_end, metadata } = completeReplySchema.parse(content);
    return { matches, start: toUtf16(code, cursor_start), end: toUtf16(code, cursor_end), metadata };
  }

  async inspect(code: string, cursorOffset: number, detail: 0 | 1 = 0): Promise<InspectReply> {
    const content = { code, cursor_pos: toCodePoints(code, cursorOffset), detail_level: detail };
    return inspectReplySchema.parse((await this.#session.request({ type: 'inspect_request', content })).content);
  }

  async isComplete(code: string): Promise<IsCompleteReply> {
    const { content } = await this.#session.request({ type: 'is_complete_request', content: { code } });
    return isCompleteReplySchema.parse(content);
  }

  /** The last sources that were kept, oldest first. */
  async history(count: number): Promise<string[]> {
    const { content } = await this.#session.request({
      type: 'history_request',
      content: { hist_access_type: 'tail', n: count, output: false, raw: true },
    });
    return historyReplySchema
      .parse(content)
      .history.map(([, , entry]) => (typeof entry === 'string' ? entry : entry[0]));
  }

  /** Answers the last `input_request`. */
  answerInput(text: string): void {
    this.#session.answerInput(text);
  }

  /** Whether the kernel's heart answers. It does while code runs; where it does not, the process hangs. */
  isResponsive(timeoutMs = 3_000): Promise<boolean> {
    return this.#session.ping(timeoutMs);
  }

  /**
   * Stops what runs, with its variables kept; what was sent after it runs on, and where nothing runs nothing happens. A kernel that has not stopped after five
   * seconds is started anew, which is told by `hasRestarted`.
   */
  async interrupt(): Promise<{ hasRestarted: boolean }> {
    const session = this.#session;
    const { running } = session;
    session.noteInterrupt();
    if (this.options.spec.interruptMode === 'signal') session.process.interrupt();
    else if (running)
      session.request({ channel: 'control', type: 'interrupt_request', content: {} }).catch(() => undefined);
    const deadline = Date.now() + INTERRUPT_GRACE_MS;
    while (running && session.running === running && !session.isEnded) {
      if (Date.now() > deadline) {
        await this.restart();
        return { hasRestarted: true };
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return { hasRestarted: false };
  }

  /** Ends the process and starts another; what was running rejects. */
  restart(): Promise<void> {
    this.#restarting ??= this.#end(true)
      .then(async () => {
        await this.#begin();
        this.#isExpected = false;
      })
      .finally(() => {
        this.#restarting = null;
      });
    return this.#restarting;
  }

  /** Ends the kernel and all processes that it started. */
  async shutdown(): Promise<void> {
    await this.#restarting?.catch(() => undefined);
    await this.#end(false);
  }

  async #end(restart: boolean): Promise<void> {
    this.#isExpected = true;
    await this.#session.stop(SHUTDOWN_GRACE_MS, restart);
  }

  /** The comms that are open, by id, each with the name of its target. */
  async commInfo(): Promise<Record<string, string>> {
    const { content } = await this.#session.request({ type: 'comm_info_request', content: {} });
    const { comms } = commInfoReplySchema.parse(content);
    return Object.fromEntries(Object.entries(comms).map(([id, { target_name }]) => [id, target_name]));
  }

  commOpen(id: string, target: string, data: Record<string, unknown>, buffers: Uint8Array[] = []): void {
    this.#session.send('shell', 'comm_open', { comm_id: id, target_name: target, data }, buffers);
  }

  commMessage(id: string, data: Record<string, unknown>, buffers: Uint8Array[] = []): void {
    this.#session.send('shell', 'comm_msg', { comm_id: id, data }, buffers);
  }

  commClose(id: string, data: Record<string, unknown> = {}): void {
    this.#session.send('shell', 'comm_close', { comm_id: id, data });
  }
}
