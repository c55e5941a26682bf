'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../_trpc/client';
import { useEventFeed } from '../_trpc/event-feed';

/** Counts and lists are read anew whenever a process changes its state. */
export function useListsFollowEvents(): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  useEventFeed((message) => {
    if (message.kind !== 'event' || message.event.data.kind !== 'state') return;
    for (const filter of [trpc.system.pathFilter(), trpc.calculations.list.pathFilter()])
      void queryClient.invalidateQueries(filter);
  });
}
