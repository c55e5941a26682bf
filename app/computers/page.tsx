import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, orNotFound, trpc } from '../_trpc/server';
import { ComputersPage } from './ComputersPage';

export const metadata: Metadata = { title: 'Computers' };

interface Props {
  searchParams: Promise<{ computer?: string | string[]; add?: string | string[]; edit?: string | string[] }>;
}

/** `?computer=` names the one that is shown; `?add=1` opens the form for another, `&edit=1` that for this one. */
export default async function Computers({ searchParams }: Props) {
  const { computer, add, edit } = await searchParams;
  const queryClient = getQueryClient();
  const [computers] = await Promise.all([
    queryClient.fetchQuery(trpc.computers.list.queryOptions()),
    queryClient.fetchQuery(trpc.system.status.queryOptions()),
  ]);
  const id = typeof computer === 'string' ? computer : (computers[0]?.id ?? null);
  if (id) await orNotFound(queryClient.fetchQuery(trpc.computers.get.queryOptions({ id })));
  return (
    <HydrationBoundary state={dehydrated()}>
      <ComputersPage id={id} form={add !== undefined ? 'add' : edit !== undefined ? 'edit' : null} />
    </HydrationBoundary>
  );
}
