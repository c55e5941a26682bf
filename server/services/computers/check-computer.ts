import type { Secret } from '@/server/computers/secret';
import { db } from '@/server/db/client';
import { AppError } from '@/server/errors';
import type { ComputerSettings } from '@/server/schemas/computers';

interface Named {
  id: string;
  projectId: string;
  name: string;
  settings: ComputerSettings;
}

/** @throws AppError where a computer is there already, by its name or by what it is */
export async function checkComputer({ id, projectId, name, settings }: Named): Promise<void> {
  if (settings.transport.kind === 'local' && settings.scheduler.kind === 'direct')
    throw bad('This machine without a scheduler is there already: choose Slurm, or a computer over SSH.');
  if (await db().computer.findFirst({ where: { name, id: { not: id }, OR: [{ projectId }, { projectId: null }] } }))
    throw new AppError('conflict', `a computer ${name} exists`, {
      userMessage: `There is a computer named ${name} already.`,
    });
}

interface Given {
  settings: ComputerSettings;
  /** Null: as it was. */
  privateKey: string | null;
  passphrase: string | null;
}

/** What is kept encrypted of a computer. @throws AppError where a key shall be stored and none is known */
export function makeSecret({ settings: { transport }, privateKey, passphrase }: Given, before: Secret): Secret {
  if (transport.kind !== 'ssh' || transport.key.kind === 'agent') return {};
  const key = transport.key.kind === 'stored' ? (privateKey ?? before.privateKey) : undefined;
  if (transport.key.kind === 'stored' && !key)
    throw bad('Give the private key that shall be stored, or say where its file lies.');
  const phrase = passphrase ?? before.passphrase;
  return { ...(key ? { privateKey: withLineEnd(key) } : {}), ...(phrase ? { passphrase: phrase } : {}) };
}

const bad = (userMessage: string) => new AppError('bad-input', userMessage);

/** OpenSSH's format wants it, and pasting loses it. */
const withLineEnd = (key: string) => `${key.replaceAll('\r\n', '\n').trim()}\n`;
