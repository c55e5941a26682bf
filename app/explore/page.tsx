import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, trpc } from '../_trpc/server';
import { DatasetList } from './DatasetList';

export const metadata: Metadata = { title: 'Explore' };

export default async function Explore() {
  await getQueryClient().fetchQuery(trpc.datasets.list.queryOptions());
  return (
    <HydrationBoundary state={dehydrated()}>
      <DatasetList />
    </HydrationBoundary>
  );
}
