'use client';
import { useEffect, useSyncExternalStore } from 'react';

/** What can be done on the page in sight, offered by Ctrl K. */
export interface PageCommand {
  title: string;
  /** As the page shows its keys: `Shift Enter`. */
  keys?: string;
  run(): void;
}

const none: readonly PageCommand[] = [];
let offered = none;
const listeners = new Set<() => void>();

function offer(commands: readonly PageCommand[]): void {
  offered = commands;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Offers commands as long as the component is there; the list must stay the same from one drawing to the next. */
export function useOfferCommands(commands: readonly PageCommand[]): void {
  useEffect(() => {
    offer(commands);
    return () => offer(none);
  }, [commands]);
}

export const usePageCommands = (): readonly PageCommand[] =>
  useSyncExternalStore(
    subscribe,
    () => offered,
    () => none,
  );
