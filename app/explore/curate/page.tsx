import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, trpc } from '../../_trpc/server';
import { CurateForm } from './CurateForm';

export const metadata: Metadata = { title: 'Curate' };

interface Props {
  searchParams: Promise<{ from?: string | string[]; again?: string | string[] }>;
}

export default async function Curate({ searchParams }: Props) {
  const { from = [], again } = await searchParams;
  await getQueryClient().fetchQuery(trpc.datasets.list.queryOptions());
  return (
    <HydrationBoundary state={dehydrated()}>
      <CurateForm from={[from].flat()} again={typeof again === 'string' ? again : null} />
    </HydrationBoundary>
  );
}
