import { HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { dehydrated, getQueryClient, orNotFound, trpc } from '../_trpc/server';
import { GroupsPage } from '../provenance/groups/GroupsPage';

export const metadata: Metadata = { title: 'Groups' };

interface Props {
  searchParams: Promise<{ group?: string | string[]; after?: string | string[] }>;
}

/** `?group=` names the one that is shown, `after=` where the pages of its nodes began. */
export default async function Groups({ searchParams }: Props) {
  const { group, after } = await searchParams;
  const queryClient = getQueryClient();
  const groups = await queryClient.fetchQuery(trpc.groups.list.queryOptions());
  const id = typeof group === 'string' ? group : (groups[0]?.id ?? null);
  const cursors = typeof after === 'string' ? after.split(',').filter(Boolean) : [];
  if (id)
    await orNotFound(
      queryClient.fetchQuery(trpc.groups.get.queryOptions({ groupId: id, cursor: cursors.at(-1) ?? null })),
    );
  return (
    <HydrationBoundary state={dehydrated()}>
      <GroupsPage id={id} cursors={cursors} />
    </HydrationBoundary>
  );
}
