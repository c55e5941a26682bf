import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '@/generated/prisma/client';
import { requireDatabaseUrl } from '@/server/env';

export type { Prisma } from '@/generated/prisma/client';
/** What runs queries: the client itself, or a transaction of it. */
export type Database = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

const globalStore = globalThis as unknown as { brineDatabase?: { url: string; client: PrismaClient } };

/**
 * Long: what still runs in a transaction when its time is over goes on outside of it, statement by statement, and half of it stays. A machine
 * under load, or a disk that is slow for a moment, must never come to that.
 */
const transactionOptions = { timeout: 120_000, maxWait: 30_000 };

/** One client a process; kept on globalThis because Next loads a module once per bundle. */
export function db(): PrismaClient {
  const url = requireDatabaseUrl();
  if (globalStore.brineDatabase?.url !== url) {
    const adapter = new PrismaPg({ connectionString: url, max: 10 });
    globalStore.brineDatabase = { url, client: new PrismaClient({ adapter, transactionOptions }) };
  }
  return globalStore.brineDatabase.client;
}

export async function closeDatabase(): Promise<void> {
  await globalStore.brineDatabase?.client.$disconnect();
  delete globalStore.brineDatabase;
}

/** A value of our own types as the JSON that Prisma takes: interfaces lack the index signature it asks for. */
export const asJson = (value: unknown) => value as Prisma.InputJsonValue;
