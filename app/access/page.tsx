import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { dehydrated, getQueryClient, trpc } from '../_trpc/server';
import { AccessPage } from './AccessPage';

export const metadata: Metadata = { title: 'Access for programs' };

export default async function Access() {
  await getQueryClient().fetchQuery(trpc.tokens.list.queryOptions());
  const host = (await headers()).get('host') ?? '127.0.0.1:3000';
  return (
    <HydrationBoundary state={dehydrated()}>
      <AccessPage origin={`http://${host}`} />
    </HydrationBoundary>
  );
}
