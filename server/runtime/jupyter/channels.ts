import { randomUUID } from 'node:crypto';
import type { Dealer, Subscriber } from 'zeromq';
import { logger } from '@/server/log';
import type { Connection } from './connection';
import { type Outgoing, pack, unpack, type WireMessage } from './wire';

export type RequestChannel = 'shell' | 'control' | 'stdin';
export type Receive = (channel: RequestChannel | 'iopub', message: WireMessage) => void;

/** A larger message is not taken: its connection is closed, so that one output cannot fill the memory of the process that reads it. */
const MAX_MESSAGE_BYTES = 256 * 1024 ** 2;

/** The five sockets to a kernel. What was not signed with its key is dropped. */
export class Channels {
  readonly #session = randomUUID();
  readonly #requests: Record<RequestChannel, Dealer>;
  readonly #iopub: Subscriber;
  readonly #heartbeat: Dealer;
  /** The last send of each channel: a socket takes one at a time. */
  readonly #sent = new Map<RequestChannel, Promise<void>>();
  /** What happens when the heart answers, by what it was sent. */
  readonly #pings = new Map<string, () => void>();

  /** The library is loaded here and not before: programs that start no kernel do without it. */
  static async open(
    connection: Connection,
    receive: Receive,
    onGarbled: () => void = () => undefined,
  ): Promise<Channels> {
    return new Channels(await import('zeromq'), connection, receive, onGarbled);
  }

  private constructor(
    zeromq: typeof import('zeromq'),
    readonly connection: Connection,
    receive: Receive,
    private readonly onGarbled: () => void,
  ) {
    const common = { linger: 0, maxMessageSize: MAX_MESSAGE_BYTES, reconnectInterval: 20, reconnectMaxInterval: 200 };
    // A prompt for input goes to whoever asked on the shell: stdin bears the same name.
    const dealer = () => new zeromq.Dealer({ ...common, routingId: this.#session, sendHighWaterMark: 0 });
    this.#requests = { shell: dealer(), control: dealer(), stdin: dealer() };
    // A subscriber with a limit makes the kernel throw away what a slow reader has not taken yet.
    this.#iopub = new zeromq.Subscriber({ ...common, receiveHighWaterMark: 0 });
    this.#iopub.subscribe();
    this.#heartbeat = new zeromq.Dealer(common);
    for (const [name, socket] of Object.entries(this.#requests) as [RequestChannel, Dealer][]) {
      socket.connect(connection.addressOf(name));
      void this.#read(socket, (message) => receive(name, message));
    }
    this.#iopub.connect(connection.addressOf('iopub'));
    void this.#read(this.#iopub, (message) => receive('iopub', message));
    this.#heartbeat.connect(connection.addressOf('hb'));
    void this.#readHeartbeat();
  }

  send(channel: RequestChannel, message: Omit<Outgoing, 'session'>): Promise<void> {
    const frames = pack(this.connection.key, { ...message, session: this.#session });
    const sent = (this.#sent.get(channel) ?? Promise.resolve()).then(() => this.#requests[channel].send(frames));
    this.#sent.set(
      channel,
      sent.catch(() => undefined),
    );
    return sent;
  }

  /** Whether the kernel's heart answers in time. It beats while code runs. */
  async ping(timeoutMs: number): Promise<boolean> {
    const ping = randomUUID();
    const answered = new Promise<boolean>((answer) => {
      const timer = setTimeout(() => answer(false), timeoutMs);
      this.#pings.set(ping, () => {
        clearTimeout(timer);
        answer(true);
      });
    });
    await this.#heartbeat.send(['', ping]).catch(() => undefined);
    return answered.finally(() => this.#pings.delete(ping));
  }

  /** Begins the connection to iopub anew: what was on it is lost. */
  listenAnew(): void {
    const address = this.connection.addressOf('iopub');
    this.#iopub.disconnect(address);
    this.#iopub.connect(address);
  }

  close(): void {
    for (const socket of [...Object.values(this.#requests), this.#iopub, this.#heartbeat]) socket.close();
  }

  async #read(socket: Dealer | Subscriber, receive: (message: WireMessage) => void): Promise<void> {
    for await (const frames of socket) {
      const message = unpack(this.connection.key, frames);
      if (message) receive(message);
      else {
        logger.warn({ frames: frames.length }, 'a message of a kernel that was not signed with its key was dropped');
        if (socket === this.#iopub) this.onGarbled();
      }
    }
  }

  async #readHeartbeat(): Promise<void> {
    for await (const frames of this.#heartbeat) this.#pings.get(String(frames.at(-1)))?.();
  }
}
