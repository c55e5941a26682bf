'use client';
import { type RefObject, useEffect, useRef } from 'react';
import { commandKeys, everywhereKeys, isSingle, KeyReader } from './keys';
import type { OpenNotebook } from './use-notebook';

/** The keys of the notebook, while a cell itself, and nothing within it, has the focus. */
export function useKeys(list: RefObject<HTMLElement | null>, { commands }: OpenNotebook, hasSingleKeys: boolean): void {
  const latest = useRef(hasSingleKeys);
  useEffect(() => {
    latest.current = hasSingleKeys;
  });
  useEffect(() => {
    const host = list.current;
    if (!host) return;
    const reader = new KeyReader();
    const listen = (event: KeyboardEvent) => {
      if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'group') return;
      if (!event.target.id.startsWith('cell-')) return;
      const keys = [...everywhereKeys, ...commandKeys].filter((key) => latest.current || !isSingle(key.keys));
      const found = reader.read(event, keys, event.timeStamp);
      if (!found) return;
      event.preventDefault();
      found.run(commands);
    };
    host.addEventListener('keydown', listen);
    return () => host.removeEventListener('keydown', listen);
  }, [list, commands]);
}
