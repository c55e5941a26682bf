import 'server-only';
import { dehydrate } from '@tanstack/react-query';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '@/server/errors';
import { appRouter, createCaller } from '@/server/routers';
import { authenticate } from '@/server/services/auth/authenticate';
import { makeQueryClient } from './query-client';

const getActor = cache(async () => authenticate(await headers()));
export const getQueryClient = cache(makeQueryClient);

/** The router as query options, on the server without HTTP: what is fetched here the browser finds in its cache. */
export const trpc = createTRPCOptionsProxy({
  router: appRouter,
  ctx: async () => ({ actor: await getActor() }),
  queryClient: getQueryClient,
});

/** The router as plain functions, for what a page needs once. */
export const api = cache(async () => createCaller({ actor: await getActor() }));

export const dehydrated = () => dehydrate(getQueryClient());

/** What does not exist, or belongs to someone else, is the not-found page; other faults go on to the error page. */
export async function orNotFound<Value>(promise: Promise<Value>): Promise<Value> {
  try {
    return await promise;
  } catch (err) {
    const cause = err instanceof Error ? err.cause : null;
    if (cause instanceof AppError && cause.code === 'not-found') notFound();
    if (err instanceof Error && 'code' in err && (err.code === 'NOT_FOUND' || err.code === 'BAD_REQUEST')) notFound();
    throw err;
  }
}
