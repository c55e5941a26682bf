import type { Metadata } from 'next';
import { titleOf } from '@/server/schemas/provenance';
import { api, orNotFound } from '../../_trpc/server';
import { GraphPage } from '../../provenance/GraphPage';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const node = await (await api()).provenance.get({ id }).catch(() => null);
  return { title: node ? `Provenance of ${titleOf(node.item)}` : 'Not found' };
}

export default async function Graph({ params }: Props) {
  const { id } = await params;
  const { provenance } = await api();
  const { item } = await orNotFound(provenance.get({ id }));
  const [incoming, outgoing] = await Promise.all([
    provenance.neighbours({ id, direction: 'in' }),
    provenance.neighbours({ id, direction: 'out' }),
  ]);
  return <GraphPage key={id} item={item} incoming={incoming} outgoing={outgoing} />;
}
