import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ClientChannel } from 'ssh2';
import { Turns } from '@/server/turns';
import { ComputerError } from '../computer-error';
import { commandLine } from '../shell/quote';
import { OUTPUT_MAX, type Shell, type ShellOptions, type ShellResult, TIMEOUT_MS } from '../shell/shell';
import { connectSsh, type SshLogin, unreachable } from './connect';

/** sshd allows ten sessions on one connection by default; others may want some. */
const SESSIONS_MAX = 4;
/** Between two logins, so that no guard against break-ins shuts us out; doubled after each that failed. */
const LOGIN_PAUSE_MS = 1_000;
const LOGIN_PAUSE_MAX_MS = 60_000;

/** A shell at the end of one shared SSH connection, which is opened when it is needed and again when it was lost. */
export class SshShell implements Shell {
  private client: Promise<Client> | null = null;
  private readonly sessions = new Turns(SESSIONS_MAX);
  private nextLoginAt = 0;
  private pauseMs = LOGIN_PAUSE_MS;

  constructor(private readonly login: SshLogin) {}

  run(script: string, args: readonly string[], options: ShellOptions = {}): Promise<ShellResult> {
    return this.sessions.take(async () => {
      const client = await this.connected();
      return this.execute(client, commandLine(['sh', '-c', script, 'brine', ...args]), options);
    });
  }

  close(): void {
    void this.client?.then((client) => client.end()).catch(() => undefined);
    this.client = null;
  }

  private connected(): Promise<Client> {
    this.client ??= this.open();
    return this.client;
  }

  private async open(): Promise<Client> {
    await sleep(Math.max(0, this.nextLoginAt - Date.now()));
    try {
      const client = await connectSsh(this.login);
      this.pauseMs = LOGIN_PAUSE_MS;
      client.once('close', () => this.forget(client));
      return client;
    } catch (err) {
      this.client = null;
      this.pauseMs = Math.min(2 * this.pauseMs, LOGIN_PAUSE_MAX_MS);
      throw err;
    } finally {
      this.nextLoginAt = Date.now() + this.pauseMs;
    }
  }

  /** A connection that was lost; not the one that came after it. */
  private forget(lost: Client): void {
    const current = this.client;
    void current?.then(
      (client) => {
        if (client === lost && this.client === current) this.client = null;
      },
      () => undefined,
    );
  }

  private execute(client: Client, command: string, options: ShellOptions): Promise<ShellResult> {
    return new Promise((resolve, reject) => {
      const lost = (why = 'the connection was lost') => {
        clearTimeout(timer);
        reject(unreachable(this.login.target, why));
      };
      const onClose = () => lost();
      const timer = setTimeout(() => {
        // A link that swallows everything is worth no more: the next command opens another.
        client.destroy();
        lost('a command got no answer in time');
      }, options.timeoutMs ?? TIMEOUT_MS);
      client.once('close', onClose);
      const done = (result: ShellResult | ComputerError) => {
        clearTimeout(timer);
        client.removeListener('close', onClose);
        if (result instanceof ComputerError) reject(result);
        else resolve(result);
      };
      try {
        client.exec(command, (err, channel) => {
          if (err) return done(unreachable(this.login.target, err.message));
          follow(channel, options, done, () => unreachable(this.login.target, 'the command ended without a status'));
        });
      } catch (err) {
        // Between the end of the socket and the word of it ssh2 throws.
        done(unreachable(this.login.target, (err as Error).message));
      }
    });
  }
}

function follow(
  channel: ClientChannel,
  options: ShellOptions,
  done: (result: ShellResult | ComputerError) => void,
  lost: () => ComputerError,
): void {
  const stdout: Buffer[] = [];
  let stderr = '';
  let size = 0;
  channel.on('data', (chunk: Buffer) => {
    if (options.onOutput) return options.onOutput(chunk);
    size += chunk.length;
    if (size <= OUTPUT_MAX) stdout.push(chunk);
  });
  channel.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < OUTPUT_MAX) stderr += chunk.toString('utf8');
  });
  channel.on('error', () => undefined);
  channel.once('close', (code: number | null | undefined) =>
    done(typeof code === 'number' ? { exitCode: code, stdout: Buffer.concat(stdout), stderr } : lost()),
  );
  if (options.input === undefined || typeof options.input === 'string') channel.end(options.input ?? '');
  else options.input.once('error', () => channel.close()).pipe(channel);
}
