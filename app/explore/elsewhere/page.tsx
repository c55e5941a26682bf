import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { idSchema } from '@/server/schemas/common';
import { dehydrated, getQueryClient, orNotFound, trpc } from '../../_trpc/server';
import { ElsewherePage } from '../../elsewhere/ElsewherePage';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Search databases elsewhere' };

export default async function Elsewhere({ searchParams }: Props) {
  const { search } = await searchParams;
  const client = getQueryClient();
  const id = idSchema.safeParse(search);
  await Promise.all([
    client.fetchQuery(trpc.elsewhere.providers.queryOptions()),
    client.fetchQuery(trpc.elsewhere.searches.queryOptions()),
    id.success ? orNotFound(client.fetchQuery(trpc.elsewhere.get.queryOptions({ id: id.data }))) : null,
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <ElsewherePage />
    </HydrationBoundary>
  );
}
