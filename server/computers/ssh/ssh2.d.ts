/** The part of ssh2 that we use. */
declare module 'ssh2' {
  import type { EventEmitter } from 'node:events';
  import type { Duplex, Readable } from 'node:stream';

  export interface ConnectConfig {
    host?: string;
    port?: number;
    username: string;
    privateKey?: string;
    passphrase?: string;
    agent?: string;
    sock?: Duplex;
    readyTimeout?: number;
    keepaliveInterval?: number;
    keepaliveCountMax?: number;
    hostVerifier?: (key: Buffer) => boolean;
  }

  export interface ClientChannel extends Duplex {
    stderr: Readable;
    signal(name: string): void;
    close(): void;
  }

  export class Client extends EventEmitter {
    connect(config: ConnectConfig): this;
    exec(command: string, callback: (err: Error | undefined, channel: ClientChannel) => void): void;
    forwardOut(
      fromHost: string,
      fromPort: number,
      toHost: string,
      toPort: number,
      callback: (err: Error | undefined, stream: Duplex) => void,
    ): void;
    end(): this;
    destroy(): this;
  }

  const ssh2: { Client: typeof Client };
  export default ssh2;
}
