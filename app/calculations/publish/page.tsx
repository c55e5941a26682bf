import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { publicationChoices } from '@/server/schemas/publication';
import { dehydrated, getQueryClient, trpc } from '../../_trpc/server';
import { readFilters } from '../../lists/filters';
import { PublishPage } from '../../lists/PublishPage';
import { readPicked, selectionOf } from '../../lists/publication';

export const metadata: Metadata = { title: 'Publish calculations' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Publish({ searchParams }: Props) {
  const search = await searchParams;
  const choice = publicationChoices.find((one) => one === search['keep']) ?? 'newest';
  const asked = { filters: readFilters(search), ids: readPicked(search['id']), choice };
  // What cannot be reviewed is said on the page, which asks again.
  await getQueryClient().prefetchQuery(
    trpc.datasets.reviewPublication.queryOptions({ selection: selectionOf(asked), choice }),
  );
  return (
    <HydrationBoundary state={dehydrated()}>
      <PublishPage {...asked} />
    </HydrationBoundary>
  );
}
