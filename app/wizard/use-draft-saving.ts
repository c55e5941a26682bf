'use client';
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Draft } from '@/server/schemas/draft';
import { codeOf, messageOf, useTRPC, useTRPCClient } from '../_trpc/client';
import { type DraftChanges, DraftSaver, type SaveState } from './draft-saver';

/** Faults that the same changes would meet again. */
const lasting = new Set(['bad-input', 'not-found', 'forbidden']);

/** A draft and its saver, bound to the cache that all steps read. */
export function useDraftSaving(draftId: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const { data: draft } = useSuspenseQuery(trpc.drafts.get.queryOptions({ id: draftId }));
  const [save, setSave] = useState<SaveState>({ isPending: false, savedAt: null, message: null });
  const [saver] = useState(() => {
    const queryKey = trpc.drafts.get.queryKey({ id: draftId });
    const resolveAnew = () => queryClient.invalidateQueries(trpc.calculations.resolve.queryFilter({ draftId }));
    return new DraftSaver({
      current: () => queryClient.getQueryData<Draft>(queryKey),
      show: (shown) => queryClient.setQueryData<Draft>(queryKey, shown),
      send: (version, changes) => client.drafts.update.mutate({ id: draftId, version, changes }),
      reload: () => Promise.all([queryClient.invalidateQueries({ queryKey }), resolveAnew()]),
      onSaved: resolveAnew,
      onState: setSave,
      judge: (error) => {
        const code = codeOf(error);
        const kind = code === 'conflict' ? 'conflict' : code && lasting.has(code) ? 'refused' : 'later';
        return { kind, message: messageOf(error) };
      },
    });
  });

  useEffect(() => {
    const onHide = () => void saver.flush();
    window.addEventListener('pagehide', onHide);
    return () => {
      window.removeEventListener('pagehide', onHide);
      onHide();
    };
  }, [saver]);

  return {
    draft,
    save,
    update: (changes: DraftChanges) => saver.update(changes),
    flush: async (): Promise<Draft> => {
      await saver.flush();
      return queryClient.getQueryData<Draft>(trpc.drafts.get.queryKey({ id: draftId }))!;
    },
  };
}
