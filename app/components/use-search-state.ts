'use client';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';

/** A choice that lives in the address: kept on reload, and shared with the link. The default takes no room there. */
export function useSearchState<Value extends string>(
  name: string,
  choices: readonly Value[],
  byDefault: Value,
): [Value, (value: Value) => void] {
  const asked = useSearchParams().get(name);
  // The address follows when the page comes to it; what was chosen is shown at once.
  const [chosen, setChosen] = useState<Value | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the address has changed, it counts.
  useEffect(() => setChosen(null), [asked]);
  const value = chosen ?? choices.find((choice) => choice === asked) ?? byDefault;
  return [
    value,
    (next) => {
      setChosen(next);
      const parameters = new URLSearchParams(window.location.search);
      if (next === byDefault) parameters.delete(name);
      else parameters.set(name, next);
      const query = parameters.toString();
      window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
    },
  ];
}
