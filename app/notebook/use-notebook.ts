'use client';
import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { Cell, NotebookState } from '@/server/schemas/notebook/state';
import { textOf } from '@/server/schemas/notebook/text';
import type { Commands } from './commands';
import type { NotebookClient, Saving } from './notebook-client';
import type { Selection, SelectionStore } from './selection';
import { staleWords } from './stale-words';

export interface OpenNotebook {
  client: NotebookClient;
  selection: SelectionStore;
  commands: Commands;
}

export const NotebookContext = createContext<OpenNotebook | null>(null);

export function useOpenNotebook(): OpenNotebook {
  const open = useContext(NotebookContext);
  if (!open) throw new Error('a cell stands outside of a notebook');
  return open;
}

/** A part of the notebook; drawn anew when that part is another. */
export function useNotebook<Part>(select: (state: NotebookState) => Part): Part {
  const { client } = useOpenNotebook();
  const get = () => select(client.state);
  return useSyncExternalStore(client.subscribe, get, get);
}

export const useCell = (id: string): Cell | undefined => useNotebook((state) => state.cells[id]);

/** Why a cell is stale, in words; null where it is not. */
export function useStale(id: string): string | null {
  const { client } = useOpenNotebook();
  const get = () => {
    const reason = client.stale.get(id);
    return reason ? staleWords(reason, client.state.order) : null;
  };
  return useSyncExternalStore(client.subscribe, get, get);
}

export function useSaving(): Saving {
  const { client } = useOpenNotebook();
  const get = () => client.savingState;
  return useSyncExternalStore(client.subscribe, get, get);
}

export function useSelection<Part>(select: (selection: Selection) => Part): Part {
  const { selection } = useOpenNotebook();
  const get = () => select(selection.get());
  return useSyncExternalStore(selection.subscribe, get, get);
}

/** The source of a cell, as it is typed by whomever. */
export function useSource(id: string): string {
  const { client } = useOpenNotebook();
  const subscribe = useCallback(
    (listener: () => void) => {
      const text = textOf(client.doc, id);
      text.observe(listener);
      return () => text.unobserve(listener);
    },
    [client, id],
  );
  const get = () => client.sourceOf(id);
  return useSyncExternalStore(subscribe, get, get);
}

/** Whether an element is on the screen or near it; once the page is alive. */
export function useNear(element: React.RefObject<HTMLElement | null>, marginPx: number): boolean {
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    const host = element.current;
    if (!host) return;
    const observer = new IntersectionObserver(([entry]) => setIsNear(entry!.isIntersecting), {
      rootMargin: `${marginPx}px 0px`,
    });
    observer.observe(host);
    return () => observer.disconnect();
  }, [element, marginPx]);
  return isNear;
}
