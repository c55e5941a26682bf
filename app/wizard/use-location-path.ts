'use client';
import { usePathname } from 'next/navigation';
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/** Puts a path into the address, and has those who read it drawn anew in the same frame. */
export function pushPath(path: string): void {
  window.history.pushState(null, '', path);
  for (const listener of listeners) listener();
}

/** The path of the address. Next's own hook follows in a transition, a frame or two later: too late for a step that is here already. */
export function useLocationPath(): string {
  const known = usePathname();
  return useSyncExternalStore(
    subscribe,
    () => window.location.pathname,
    () => known,
  );
}
