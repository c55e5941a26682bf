import type { Metadata } from 'next';
import { api, orNotFound } from '../../_trpc/server';
import { formulaText } from '../../format/typeset';
import { StructurePage } from '../../structure/StructurePage';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const structure = await (await api()).structures.get({ id }).catch(() => null);
  return { title: structure ? `${formulaText(structure.formula)}: structure` : 'Not found' };
}

export default async function Structure({ params }: Props) {
  const { id } = await params;
  const { structures } = await api();
  return <StructurePage structure={await orNotFound(structures.get({ id }))} />;
}
