'use client';
import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** Parts of the address behind its question mark, and how they are changed; null takes one away. */
export function useAddress(): [(name: string) => string | null, (changes: Record<string, string | null>) => void] {
  const search = useSearchParams();
  const change = useCallback((changes: Record<string, string | null>) => {
    const parameters = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes))
      if (value === null) parameters.delete(name);
      else parameters.set(name, value);
    const query = parameters.toString();
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
  }, []);
  return [(name) => search.get(name), change];
}
