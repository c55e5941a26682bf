'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, use } from 'react';
import type { Draft } from '@/server/schemas/draft';
import type { Resolved } from '@/server/schemas/resolved';
import type { StructureDetail } from '@/server/schemas/structure';
import { useTRPC } from '../_trpc/client';
import type { DraftChanges, SaveState } from './draft-saver';
import { useDraftSaving } from './use-draft-saving';

interface WizardValue {
  draft: Draft;
  /** What follows from the draft as last saved; undefined until the first answer. */
  resolved: Resolved | undefined;
  /** A newer answer is on its way. */
  isResolving: boolean;
  structure: StructureDetail | null;
  update: (changes: DraftChanges) => void;
  /** Saves what waits and gives the draft as the server has it. */
  flush: () => Promise<Draft>;
  save: SaveState;
}

const WizardContext = createContext<WizardValue | null>(null);

/** The draft, what follows from it, and the way to change it: one for all steps. */
export function DraftProvider({ draftId, children }: { draftId: string; children: ReactNode }) {
  const trpc = useTRPC();
  const { draft, update, flush, save } = useDraftSaving(draftId);
  const resolved = useQuery({
    ...trpc.calculations.resolve.queryOptions({ draftId }),
    placeholderData: keepPreviousData,
  });
  const { structureId } = draft.data;
  const structure = useQuery({
    ...trpc.structures.get.queryOptions({ id: structureId ?? '' }),
    enabled: structureId !== null,
    placeholderData: keepPreviousData,
  });
  const value: WizardValue = {
    draft,
    resolved: resolved.data,
    isResolving: resolved.isFetching || save.isPending,
    structure: structureId === null ? null : (structure.data ?? null),
    ...{ update, flush, save },
  };
  return <WizardContext value={value}>{children}</WizardContext>;
}

export function useWizard(): WizardValue {
  const value = use(WizardContext);
  if (!value) throw new Error('useWizard outside the wizard');
  return value;
}
