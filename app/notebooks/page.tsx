import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, trpc } from '../_trpc/server';
import { listInput, readPlace } from './list-place';
import { NotebookList } from './NotebookList';

export const metadata: Metadata = { title: 'Notebooks' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Notebooks({ searchParams }: Props) {
  const place = readPlace(await searchParams);
  await getQueryClient().fetchQuery(trpc.notebooks.list.queryOptions(listInput(place)));
  return (
    <HydrationBoundary state={dehydrated()}>
      <NotebookList place={place} />
    </HydrationBoundary>
  );
}
