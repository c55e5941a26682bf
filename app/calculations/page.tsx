import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, trpc } from '../_trpc/server';
import { CalculationList } from '../lists/CalculationList';
import { filterInput, readFilters } from '../lists/filters';

export const metadata: Metadata = { title: 'Calculations' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Calculations({ searchParams }: Props) {
  const filters = readFilters(await searchParams);
  await getQueryClient().fetchQuery(trpc.calculations.list.queryOptions(filterInput(filters)));
  return (
    <HydrationBoundary state={dehydrated()}>
      <CalculationList filters={filters} />
    </HydrationBoundary>
  );
}
