import { redirect } from 'next/navigation';
import { api, orNotFound } from '../../../../_trpc/server';

interface Props {
  params: Promise<{ id: string; name: string }>;
}

/** Leads from a result on screen to its node in the graph. */
export default async function Origin({ params }: Props) {
  const { id: calculationId, name } = await params;
  const { id } = await orNotFound((await api()).provenance.resultNode({ calculationId, name }));
  redirect(`/graph/${id}`);
}
