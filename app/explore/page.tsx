import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, trpc } from '../_trpc/server';
import { DatasetList } from './DatasetList';

export const metadata: Metadata = { title: 'Explore' };

export default async function Explore() {
  const client = getQueryClient();
  await Promise.all([
    client.fetchQuery(trpc.datasets.list.queryOptions()),
    client.fetchQuery(trpc.savedQueries.list.queryOptions()),
    client.fetchQuery(trpc.resultSets.list.queryOptions()),
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <DatasetList />
    </HydrationBoundary>
  );
}
