import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, trpc } from '../_trpc/server';
import { AppRegister } from './AppRegister';
import { readPlace } from './register-place';

export const metadata: Metadata = { title: 'Apps' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Apps({ searchParams }: Props) {
  const place = readPlace(await searchParams);
  await getQueryClient().fetchQuery(trpc.apps.list.queryOptions({}));
  return (
    <HydrationBoundary state={dehydrated()}>
      <AppRegister place={place} />
    </HydrationBoundary>
  );
}
