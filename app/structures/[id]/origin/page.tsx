import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { api, orNotFound } from '../../../_trpc/server';
import { ButtonLink } from '../../../components/ButtonLink';
import { Empty } from '../../../components/Empty';

export const metadata: Metadata = { title: 'Where a structure comes from' };

interface Props {
  params: Promise<{ id: string }>;
}

/** Leads from a structure to its node in the graph, where it has one. */
export default async function Origin({ params }: Props) {
  const { id: structureId } = await params;
  const { id } = await orNotFound((await api()).provenance.structureNode({ structureId }));
  if (id) redirect(`/graph/${id}`);
  return (
    <div className="page">
      <h1>Where it comes from</h1>
      <Empty
        title="No calculation made or took this structure yet"
        action={<ButtonLink href={`/structures/${structureId}`}>Back to the structure</ButtonLink>}
      >
        It was brought here by hand: its page says from which file or text.
      </Empty>
    </div>
  );
}
