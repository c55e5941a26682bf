'use client';
import { type RefObject, useEffect, useRef } from 'react';
import { commandKeys, everywhereKeys, isSingle, KeyReader } from './keys';
import type { OpenNotebook } from './use-notebook';

interface Options {
  hasSingleKeys: boolean;
  onHelp: () => void;
}

/** The keys of the notebook, while a cell itself, and nothing within it, has the focus. */
export function useKeys(list: RefObject<HTMLElement | null>, { commands }: OpenNotebook, options: Options): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  useEffect(() => {
    const host = list.current;
    if (!host) return;
    const reader = new KeyReader();
    const listen = (event: KeyboardEvent) => {
      if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'group') return;
      if (!event.target.id.startsWith('cell-')) return;
      const { hasSingleKeys, onHelp } = latest.current;
      if (hasSingleKeys && event.key.toLowerCase() === 'h' && !event.ctrlKey && !event.metaKey) return onHelp();
      const keys = [...everywhereKeys, ...commandKeys].filter((key) => hasSingleKeys || !isSingle(key.keys));
      const found = reader.read(event, keys, event.timeStamp);
      if (!found) return;
      event.preventDefault();
      found.run(commands);
    };
    host.addEventListener('keydown', listen);
    return () => host.removeEventListener('keydown', listen);
  }, [list, commands]);
}
