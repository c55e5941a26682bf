import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, orNotFound, trpc } from '../_trpc/server';
import { FamiliesPage } from '../families/FamiliesPage';

export const metadata: Metadata = { title: 'Pseudopotentials' };

interface Props {
  searchParams: Promise<{ family?: string | string[] }>;
}

/** `?family=` names the installed family that is shown; without it the built-in one is. */
export default async function Pseudopotentials({ searchParams }: Props) {
  const { family } = await searchParams;
  const id = typeof family === 'string' ? family : null;
  const queryClient = getQueryClient();
  await Promise.all([
    queryClient.fetchQuery(trpc.pseudopotentials.list.queryOptions()),
    orNotFound(queryClient.fetchQuery(trpc.pseudopotentials.get.queryOptions({ id }))),
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <FamiliesPage id={id} />
    </HydrationBoundary>
  );
}
