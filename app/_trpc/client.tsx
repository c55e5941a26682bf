'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, TRPCClientError } from '@trpc/client';
import { createTRPCContext } from '@trpc/tanstack-react-query';
import { type ReactNode, useState } from 'react';
import superjson from 'superjson';
import type { AppRouter } from '@/server/routers';
import { makeQueryClient } from './query-client';

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const URL = '/api/trpc';
/** Browsers send larger bodies only while the page lives. */
const KEEPALIVE_BYTES_MAX = 60_000;

/** A save that is under way when the tab closes still arrives. */
const fetchKeepingAlive: typeof fetch = (input, init) => {
  const body = init?.body;
  const isSmall = typeof body === 'string' && body.length < KEEPALIVE_BYTES_MAX;
  return fetch(input, { ...init, keepalive: isSmall });
};

const makeClient = () =>
  createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: URL, transformer: superjson }),
        false: httpBatchLink({ url: URL, transformer: superjson, fetch: fetchKeepingAlive }),
      }),
    ],
  });

export function ServerLink({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(makeClient);
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

/** The sentence for the person that the server wrote, or why it could not be reached. */
export function messageOf(error: unknown): string {
  if (error instanceof TRPCClientError)
    return error.data
      ? error.message
      : 'The platform does not answer. Look whether it still runs in its terminal; what you typed stays on this page.';
  return error instanceof Error ? error.message : String(error);
}

/** The server's stable name of the fault: `conflict`, `not-found`. */
export const codeOf = (error: unknown): string | null =>
  error instanceof TRPCClientError ? ((error.data as { error?: string } | null)?.error ?? null) : null;
