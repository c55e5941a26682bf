import type { Metadata } from 'next';
import { titleOf } from '@/server/schemas/provenance';
import { api, orNotFound } from '../../_trpc/server';
import { NodePage } from '../../provenance/NodePage';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const node = await (await api()).provenance.get({ id }).catch(() => null);
  return { title: node ? `${titleOf(node.item)}: node` : 'Not found' };
}

export default async function Node({ params }: Props) {
  const { id } = await params;
  const { provenance } = await api();
  const node = await orNotFound(provenance.get({ id }));
  const [incoming, outgoing, notes] = await Promise.all([
    provenance.neighbours({ id, direction: 'in' }),
    provenance.neighbours({ id, direction: 'out' }),
    provenance.notes({ id }),
  ]);
  return <NodePage key={id} node={node} incoming={incoming} outgoing={outgoing} notes={notes} />;
}
