import type { z } from 'zod';
import type { RemoteProvider } from '@/generated/prisma/client';
import { db } from '@/server/db/client';
import { AppError, notFound } from '@/server/errors';
import {
  type addProviderSchema,
  PROVIDERS_MAX,
  type Provider,
  type switchProviderSchema,
} from '@/server/schemas/elsewhere';
import type { Actor } from '../actor';
import { optimadeBase } from '../datasets/import/sources/optimade';
import { checkAddress, RemoteFault, readAddress } from '../remote/fetch-address';
import { projectScope } from '../scope';
import { knownProviders } from './known-providers.data';
import { readDatabases } from './read-databases';

/** The servers that the project's searches ask, by name; the well-known ones are there from the first time on. */
export async function listProviders(actor: Actor): Promise<Provider[]> {
  const scope = await projectScope(actor, 'read');
  const rows = await providerRows(scope);
  return rows.map(toProvider);
}

export async function providerRows({ projectId }: { projectId: string }): Promise<RemoteProvider[]> {
  const data = knownProviders.map((known) => ({ ...known, projectId }));
  await db().remoteProvider.createMany({ data, skipDuplicates: true });
  return db().remoteProvider.findMany({ where: { projectId }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
}

const known = new Set(knownProviders.map(({ url }) => url));
export const toProvider = ({ id, name, url, isEnabled }: RemoteProvider): Provider => ({
  ...{ id, name, url, isEnabled },
  isKnown: known.has(url),
});

/** A server of a person's own choice. The address of an index of databases (its `links`) stands for all of them. Gives those that are new. */
export async function addProvider(actor: Actor, asked: z.infer<typeof addProviderSchema>): Promise<Provider[]> {
  const scope = await projectScope(actor, 'write');
  const address = await checked(asked.url);
  const url = optimadeBase(address.href);
  const databases = await readDatabases(url);
  const wanted = databases ?? [{ name: asked.name || address.hostname, url }];
  if (wanted.length === 0)
    throw new AppError('bad-input', 'an index without databases', {
      userMessage:
        'This address is an index of databases, and names none that can be asked. Give the address of one of them.',
    });
  const there = await providerRows(scope);
  const fresh = wanted.filter((one) => there.every((other) => other.url !== one.url));
  if (fresh.length === 0)
    throw new AppError('conflict', 'the server is in the list', { userMessage: 'This server is in the list already.' });
  if (there.length + fresh.length > PROVIDERS_MAX)
    throw new AppError('too-large', 'too many servers', {
      userMessage: `Up to ${PROVIDERS_MAX} servers are asked; with ${fresh.length} more they would be ${there.length + fresh.length}. Remove some first.`,
    });
  await db().remoteProvider.createMany({ data: fresh.map((one) => ({ ...scope, ...one })), skipDuplicates: true });
  const rows = await db().remoteProvider.findMany({ where: { ...scope, url: { in: fresh.map((one) => one.url) } } });
  return rows.map(toProvider);
}

async function checked(text: string): Promise<URL> {
  try {
    const address = readAddress(text);
    await checkAddress(address);
    return address;
  } catch (err) {
    if (err instanceof RemoteFault) throw new AppError('bad-input', err.message, { userMessage: err.message });
    throw err;
  }
}

export async function switchProvider(
  actor: Actor,
  { id, isEnabled }: z.infer<typeof switchProviderSchema>,
): Promise<void> {
  const scope = await projectScope(actor, 'write');
  const { count } = await db().remoteProvider.updateMany({ where: { id, ...scope }, data: { isEnabled } });
  if (count === 0) throw notFound('The server');
}

export async function removeProvider(actor: Actor, { id }: { id: string }): Promise<void> {
  const scope = await projectScope(actor, 'write');
  const row = await requireProvider(scope, id);
  if (known.has(row.url))
    throw new AppError('conflict', 'a known server', {
      userMessage: 'This server comes with the platform. Switch it off to have it asked no more.',
    });
  await db().remoteProvider.deleteMany({ where: { id, ...scope } });
}

export async function requireProvider(scope: { projectId: string }, id: string): Promise<RemoteProvider> {
  const row = await db().remoteProvider.findFirst({ where: { id, ...scope } });
  if (!row) throw notFound('The server');
  return row;
}
