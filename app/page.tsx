import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, trpc } from './_trpc/server';
import { HomePage } from './home/HomePage';

export const metadata: Metadata = { title: { absolute: 'Brine' } };

export default async function Home() {
  const queryClient = getQueryClient();
  const home = await queryClient.fetchQuery(trpc.system.home.queryOptions());
  const example = home.exampleCalculationId ?? null;
  await Promise.all([
    ...home.running.map(({ id }) => queryClient.prefetchQuery(trpc.calculations.history.queryOptions({ id }))),
    example ? queryClient.prefetchQuery(trpc.calculations.results.queryOptions({ id: example })) : null,
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <HomePage />
    </HydrationBoundary>
  );
}
