import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { ComputerSettings } from '@/server/schemas/computers';
import { ComputerError } from './computer-error';
import { openSecret, type Secret } from './secret';
import { LocalShell } from './shell/local-shell';
import type { Shell } from './shell/shell';
import type { SshLogin } from './ssh/connect';
import { SshShell } from './ssh/ssh-shell';

/** What of a computer's row a connection needs. */
export interface Reachable {
  id: string;
  settings: ComputerSettings;
  hostKeys: Record<string, string>;
  secret: Uint8Array | null;
}

/** The transport of a computer. @throws ComputerError where its key cannot be read. */
export function openShell({ id, settings, hostKeys, secret }: Reachable): Shell {
  const { transport } = settings;
  if (transport.kind === 'local') return new LocalShell();
  const { host, port, user, jump, key } = transport;
  return new SshShell({
    target: { host, port, user },
    jump,
    key: key.kind === 'agent' ? key : readKey(key, () => (secret ? openSecret(id, secret) : {})),
    hostKeys,
  });
}

function readKey(key: { kind: 'stored' } | { kind: 'file'; path: string }, open: () => Secret): SshLogin['key'] {
  let secret: Secret;
  try {
    secret = open();
  } catch {
    throw new ComputerError(
      'bad-key',
      'The stored key cannot be decrypted: the file computers.key of the data folder is missing or another one.',
      'Give the key of this computer anew.',
    );
  }
  const privateKey = key.kind === 'stored' ? secret.privateKey : readFile(key.path);
  if (!privateKey) throw new ComputerError('bad-key', 'No key is stored for this computer.', 'Give its key anew.');
  return { kind: 'text', privateKey, ...(secret.passphrase ? { passphrase: secret.passphrase } : {}) };
}

function readFile(path: string): string {
  const full = resolve(homedir(), path.replace(/^~\//, ''));
  try {
    return readFileSync(full, 'utf8');
  } catch (err) {
    throw new ComputerError(
      'bad-key',
      `The key file ${path} cannot be read on the platform's machine (${(err as NodeJS.ErrnoException).code}).`,
      'Give another path, or store the key here.',
    );
  }
}
