'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { StructureDetail } from '@/server/schemas/structure';
import { useTRPC } from '../../_trpc/client';
import { useWizard } from '../draft-context';

/** Makes a structure the draft's own. What was set by hand for another cell does not fit this one and goes. */
export function useChooseStructure() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { draft, update } = useWizard();
  return useCallback(
    (structure: StructureDetail) => {
      queryClient.setQueryData(trpc.structures.get.queryKey({ id: structure.id }), structure);
      void queryClient.invalidateQueries(trpc.structures.list.pathFilter());
      const { mesh: _, shift: __, pseudopotentialEntries: ___, ...overrides } = draft.data.overrides;
      update({ structureId: structure.id, overrides });
      window.scrollTo({ top: 0, behavior: 'smooth' });
    },
    [trpc, queryClient, draft.data.overrides, update],
  );
}
