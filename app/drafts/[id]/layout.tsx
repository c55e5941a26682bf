import { HydrationBoundary } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { dehydrated, getQueryClient, orNotFound, trpc } from '../../_trpc/server';
import { Wizard } from '../../wizard/Wizard';

interface Props {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

/** The frame of the wizard, which stays while the steps change: draft, derived numbers and structure are read once. */
export default async function DraftLayout({ params, children }: Props) {
  const { id } = await params;
  const queryClient = getQueryClient();
  const draft = await orNotFound(queryClient.fetchQuery(trpc.drafts.get.queryOptions({ id })));
  const { structureId } = draft.data;
  await Promise.all([
    queryClient.prefetchQuery(trpc.calculations.resolve.queryOptions({ draftId: id })),
    structureId ? queryClient.prefetchQuery(trpc.structures.get.queryOptions({ id: structureId })) : null,
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <Wizard draftId={id}>{children}</Wizard>
    </HydrationBoundary>
  );
}
