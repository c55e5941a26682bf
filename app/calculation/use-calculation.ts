'use client';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ProcessEvent } from '@/server/schemas/events';
import { useTRPC } from '../_trpc/client';
import { useEventFeed } from '../_trpc/event-feed';
import { mergeEvents, progressOf } from './progress';

/** A calculation as it stands and moves: its rows read anew at each change of state, its progress line by line. */
export function useCalculation(id: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: calculation } = useSuspenseQuery(trpc.calculations.get.queryOptions({ id }));
  const { data: results } = useSuspenseQuery(trpc.calculations.results.queryOptions({ id }));
  const progress = useProgress(id);
  useEventFeed((message) => {
    const isOurs = message.kind === 'event' && message.event.calculationId === id;
    if (!isOurs || message.event.data.kind !== 'state') return;
    void queryClient.invalidateQueries(trpc.calculations.get.queryFilter({ id }));
    void queryClient.invalidateQueries(trpc.calculations.results.queryFilter({ id }));
  });
  return { calculation, results, progress };
}

/** What a calculation has told so far, and tells. */
export function useProgress(id: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: events } = useQuery({
    ...trpc.calculations.history.queryOptions({ id }),
    // An answer that was under way must not take live events back.
    structuralSharing: (old, fresh) => mergeEvents((old as ProcessEvent[] | undefined) ?? [], fresh as ProcessEvent[]),
  });
  const queryKey = trpc.calculations.history.queryKey({ id });
  useEventFeed((message) => {
    // The stream stands (again): what happened before it is read once more, so that nothing is missing between.
    if (message.kind === 'open') return void queryClient.invalidateQueries({ queryKey });
    if (message.event.calculationId !== id) return;
    queryClient.setQueryData<ProcessEvent[]>(queryKey, (old) => old && mergeEvents(old, [message.event]));
  });
  return useMemo(() => progressOf(events ?? []), [events]);
}
