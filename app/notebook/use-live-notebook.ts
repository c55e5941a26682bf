'use client';
import { useEffect } from 'react';
import { useTRPCClient } from '../_trpc/client';
import type { NotebookClient } from './notebook-client';

/** A page that nobody sees lets go of its connection, of which a browser has six, and catches up when it is seen again. */
const HIDDEN_MS = 20_000;

/** Follows the notebook while the page is open, with what its kernel knows for the editor. */
export function useLiveNotebook(client: NotebookClient, trpc: ReturnType<typeof useTRPCClient>): void {
  useFollowing(client);
  useEffect(() => {
    let isGone = false;
    let forget = () => {};
    // Only once the editor has come does anything ask.
    void import('./monaco').then(({ codeHelps, endTypescript }) => {
      if (isGone) return;
      const ask = { id: client.id };
      codeHelps.set(client.id, {
        complete: (code, offset) => trpc.notebooks.complete.query({ ...ask, code, offset }),
        inspect: async (code, offset) =>
          client.state.running ? null : trpc.notebooks.inspect.query({ ...ask, code, offset }),
      });
      forget = () => {
        codeHelps.delete(client.id);
        endTypescript(client.id);
      };
    });
    return () => {
      isGone = true;
      forget();
    };
  }, [client, trpc]);
}

/** Follows the notebook while the page is open. */
export function useFollowing(client: NotebookClient): void {
  const trpc = useTRPCClient();
  useEffect(() => {
    let subscription: { unsubscribe(): void } | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      clearTimeout(timer);
      subscription ??= trpc.notebooks.events.subscribe(
        { id: client.id, ...client.place },
        {
          onData: ({ data }) => client.hear(data),
          onError: () => client.hear({ kind: 'away' }),
        },
      );
    };
    const leave = () => {
      subscription?.unsubscribe();
      subscription = null;
    };
    const onVisibility = () => {
      if (document.visibilityState === 'visible') return follow();
      void client.send();
      clearTimeout(timer);
      timer = setTimeout(leave, HIDDEN_MS);
    };
    const onHide = () => void client.send();
    follow();
    document.addEventListener('visibilitychange', onVisibility);
    addEventListener('pagehide', onHide);
    return () => {
      clearTimeout(timer);
      leave();
      document.removeEventListener('visibilitychange', onVisibility);
      removeEventListener('pagehide', onHide);
      void client.send();
    };
  }, [client, trpc]);
}
