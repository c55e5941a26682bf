'use client';
import { useSyncExternalStore } from 'react';

/** Whether finished jobs may stand in for equal ones. A matter of one submission, so it lives in the page and not in the draft. */
let isAllowed = true;
const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export function useReuse() {
  const useCache = useSyncExternalStore(
    subscribe,
    () => isAllowed,
    () => true,
  );
  const setUseCache = (value: boolean) => {
    isAllowed = value;
    for (const listener of listeners) listener();
  };
  return { useCache, setUseCache };
}
