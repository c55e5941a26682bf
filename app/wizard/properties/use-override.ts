'use client';
import type { Overrides } from '@/server/schemas/settings';
import { useWizard } from '../draft-context';

/** Sets a derived number by hand, or puts it back where the value is undefined. */
export function useOverride() {
  const { draft, update } = useWizard();
  return <Name extends keyof Overrides>(name: Name, value: Overrides[Name] | undefined) => {
    const { [name]: _, ...others } = draft.data.overrides;
    update({ overrides: value === undefined ? others : { ...others, [name]: value } });
  };
}

/** What was set by hand, as typed: the server's answer comes later, and fields that are filled one after the other cannot wait for it. */
export const useOverrides = (): Overrides => useWizard().draft.data.overrides;
