import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import ssh2, { type Client } from 'ssh2';
import { ComputerError } from '../computer-error';

export interface SshHop {
  host: string;
  port: number;
  user: string;
}

export interface SshLogin {
  target: SshHop;
  /** The host through which the target is reached. */
  jump: SshHop | null;
  key: { kind: 'agent' } | { kind: 'text'; privateKey: string; passphrase?: string };
  /** Fingerprint by `host:port`, of the keys that a person accepted. */
  hostKeys: Record<string, string>;
}

const READY_TIMEOUT_MS = 20_000;
const KEEPALIVE_MS = 10_000;

export const hopName = ({ host, port }: SshHop) => `${host}:${port}`;

/** As `ssh-keygen -l` writes it. */
export const fingerprintOf = (key: Buffer) =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;

/** A connection to the target, through the jump host where there is one; both keys are checked. */
export async function connectSsh(login: SshLogin): Promise<Client> {
  if (!login.jump) return open(login, login.target);
  const jump = await open(login, login.jump);
  try {
    const { host, port } = login.target;
    const sock = await new Promise<Duplex>((resolve, reject) =>
      jump.forwardOut('127.0.0.1', 0, host, port, (err, stream) => (err ? reject(err) : resolve(stream))),
    ).catch((err: Error) => {
      throw unreachable(login.target, err.message);
    });
    const client = await open(login, login.target, sock);
    client.once('close', () => jump.end());
    return client;
  } catch (err) {
    jump.end();
    throw err;
  }
}

function open({ key, hostKeys }: SshLogin, hop: SshHop, sock?: Duplex): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    let refused: ComputerError | null = null;
    const fail = (err: Error & { level?: string }) => reject(refused ?? describe(hop, err));
    client.once('ready', () => {
      client.removeListener('error', fail);
      // A lost connection is told by its close.
      client.on('error', () => undefined);
      resolve(client);
    });
    client.once('error', fail);
    client.once('close', () => fail(new Error('the connection was closed')));
    try {
      client.connect({
        ...(sock ? { sock } : { host: hop.host, port: hop.port }),
        username: hop.user,
        ...(key.kind === 'agent'
          ? { agent: process.env.SSH_AUTH_SOCK ?? '' }
          : { privateKey: key.privateKey, ...(key.passphrase ? { passphrase: key.passphrase } : {}) }),
        readyTimeout: READY_TIMEOUT_MS,
        keepaliveInterval: KEEPALIVE_MS,
        keepaliveCountMax: 3,
        hostVerifier: (shown) => {
          refused = checkHostKey(hop, fingerprintOf(shown), hostKeys[hopName(hop)]);
          return refused === null;
        },
      });
    } catch (err) {
      // ssh2 reads the key at once; what it says may quote it.
      const why = /passphrase|encrypted/i.test(String(err))
        ? 'its passphrase is missing or wrong'
        : 'it is no private key';
      reject(
        new ComputerError('bad-key', `The SSH key cannot be used: ${why}.`, 'Give the key of this computer anew.'),
      );
    }
  });
}

function checkHostKey(hop: SshHop, shown: string, known: string | undefined): ComputerError | null {
  if (shown === known) return null;
  if (known === undefined)
    return new ComputerError(
      'host-key-unknown',
      `${hopName(hop)} shows a key that nobody has accepted yet: ${shown}.`,
      'Compare it with what the administrators of the computer tell, and accept it.',
      shown,
    );
  return new ComputerError(
    'host-key-changed',
    `${hopName(hop)} shows another key than the accepted one: ${shown} instead of ${known}. Nothing was sent to it.`,
    'Somebody may stand between. Ask the administrators of the computer; where they confirm the new key, test it again and accept it.',
    shown,
  );
}

function describe(hop: SshHop, err: Error & { level?: string }): ComputerError {
  if (err.level === 'client-authentication')
    return new ComputerError(
      'login-refused',
      `${hopName(hop)} refused the login of ${hop.user}: the key is not accepted there, or no longer.`,
      'Renew the key on that computer, or give another one, then let the job go on.',
    );
  return unreachable(hop, err.message);
}

export const unreachable = (hop: SshHop, why: string) =>
  new ComputerError(
    'computer-unreachable',
    `${hopName(hop)} cannot be reached: ${why}.`,
    'When it answers again, let the job go on: what runs there runs on meanwhile.',
  );
