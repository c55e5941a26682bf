import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { api, dehydrated, getQueryClient, orNotFound, trpc } from '../../_trpc/server';
import { CalculationPage } from '../../calculation/CalculationPage';
import { calculationTitle } from '../../calculation/calculation-title';
import { toTab } from '../../calculation/tabs';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ tab?: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const calculation = await (await api()).calculations.get({ id }).catch(() => null);
  return { title: calculation ? calculationTitle(calculation) : 'Not found' };
}

export default async function Calculation({ params, searchParams }: Props) {
  const { id } = await params;
  const tab = toTab((await searchParams).tab);
  const queryClient = getQueryClient();
  const calculation = await orNotFound(queryClient.fetchQuery(trpc.calculations.get.queryOptions({ id })));
  const { structureId } = calculation;
  await Promise.all([
    queryClient.fetchQuery(trpc.calculations.results.queryOptions({ id })),
    queryClient.prefetchQuery(trpc.calculations.history.queryOptions({ id })),
    tab === 'structure' ? queryClient.prefetchQuery(trpc.structures.get.queryOptions({ id: structureId })) : null,
    tab === 'files' ? queryClient.prefetchQuery(trpc.calculations.files.queryOptions({ id })) : null,
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <CalculationPage id={id} tab={tab} />
    </HydrationBoundary>
  );
}
