import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, trpc } from '../_trpc/server';
import { readFilters } from '../lists/filters';
import { StructureList } from '../lists/StructureList';
import { structureInput } from '../lists/structure-input';

export const metadata: Metadata = { title: 'Structures' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Structures({ searchParams }: Props) {
  const filters = readFilters(await searchParams);
  await getQueryClient().fetchQuery(trpc.structures.list.queryOptions(structureInput(filters)));
  return (
    <HydrationBoundary state={dehydrated()}>
      <StructureList filters={filters} />
    </HydrationBoundary>
  );
}
