import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, orNotFound, trpc } from '../../../_trpc/server';
import { CurationPage } from './CurationPage';

interface Props {
  params: Promise<{ slug: string }>;
}

export const metadata: Metadata = { title: 'How it was curated' };

export default async function Curation({ params }: Props) {
  const { slug } = await params;
  const client = getQueryClient();
  await orNotFound(
    Promise.all([
      client.fetchQuery(trpc.datasets.get.queryOptions({ slug })),
      client.fetchQuery(trpc.datasets.curation.queryOptions({ slug })),
    ]),
  );
  return (
    <HydrationBoundary state={dehydrated()}>
      <CurationPage slug={slug} />
    </HydrationBoundary>
  );
}
