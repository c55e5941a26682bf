import { HydrationBoundary } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { examples } from '@/kernels/crystal/examples.data';
import { parseStructure } from '@/kernels/crystal/structure';
import { dehydrated, getQueryClient, orNotFound, trpc } from '../../_trpc/server';
import { StructureIcon } from '../../structure/StructureIcon';
import { Wizard } from '../../wizard/Wizard';

interface Props {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

/** The wizard with all that its steps show: read once, so that steps change at once. */
export default async function DraftLayout({ params, children }: Props) {
  const { id } = await params;
  const queryClient = getQueryClient();
  const draft = await orNotFound(queryClient.fetchQuery(trpc.drafts.get.queryOptions({ id })));
  const { structureId } = draft.data;
  await Promise.all([
    queryClient.prefetchQuery(trpc.calculations.resolve.queryOptions({ draftId: id })),
    structureId ? queryClient.prefetchQuery(trpc.structures.get.queryOptions({ id: structureId })) : null,
    queryClient.prefetchQuery(trpc.structures.examples.queryOptions()),
    queryClient.prefetchQuery(trpc.computers.list.queryOptions()),
    prefetchExampleResult(),
  ]);
  return (
    <HydrationBoundary state={dehydrated()}>
      <Wizard draftId={id} pictures={pictures}>
        {children}
      </Wizard>
    </HydrationBoundary>
  );
}

const pictures = Object.fromEntries(
  examples.map(({ id, structure }) => [id, <StructureIcon key={id} structure={parseStructure(structure)} />]),
);

/** The small plots on the cards of the properties are of the silicon calculation made at the first start. */
async function prefetchExampleResult(): Promise<void> {
  const queryClient = getQueryClient();
  const home = await queryClient.fetchQuery(trpc.system.home.queryOptions());
  if (home.exampleCalculationId)
    await queryClient.prefetchQuery(trpc.calculations.results.queryOptions({ id: home.exampleCalculationId }));
}
